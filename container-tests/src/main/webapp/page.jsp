<%@ page contentType="text/html;charset=UTF-8" pageEncoding="UTF-8" %><!doctype html>
<html lang="en">
<head><title>JSP</title></head>
<body><% for (int i = 0; i < 3; i++) { %><p>row <%= i %></p><% } %><jsp:include page="/WEB-INF/pages/part.jsp" /></body>
</html>
