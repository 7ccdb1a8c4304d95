<%@ page contentType="text/html;charset=UTF-8" pageEncoding="UTF-8" %>dropped<jsp:forward page="/page.jsp" />
