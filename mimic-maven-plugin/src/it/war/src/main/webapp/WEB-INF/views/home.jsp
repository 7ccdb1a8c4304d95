<%@ page contentType="text/html" %>
<%-- <head> --%>
<!DOCTYPE html>
<html>
<head>
  <title>${t}</title>
</head>
<body></body></html>
