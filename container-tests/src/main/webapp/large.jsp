<%@ page contentType="text/html;charset=UTF-8" pageEncoding="UTF-8" buffer="8kb" %><!doctype html>
<html lang="en">
<head><title>Large JSP</title></head>
<body><% for (int i = 0; i < 2000; i++) { %><p>row <%= i %> of a page larger than its buffer</p><% } %></body>
</html>
