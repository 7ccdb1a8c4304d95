<%@ page contentType="text/html; charset=UTF-8" %>
<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>A page of a WAR</title>
</head>
<body>
  <h1 id="heading">A page of a WAR</h1>
  <p><label>Your name <input id="name" autocomplete="off"></label> <button id="greet" type="button">Greet</button></p>
  <p id="greeting"></p>
  <p>Served to ${header["Accept-Language"] == null ? "somebody" : "a browser"} by <code>${pageContext.servletContext.serverInfo}</code></p>
  <script src="${pageContext.request.contextPath}/greet.js"></script>
</body>
</html>
