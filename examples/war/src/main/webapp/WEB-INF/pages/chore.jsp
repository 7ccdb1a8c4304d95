<%@ page contentType="text/html; charset=UTF-8" pageEncoding="UTF-8" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<c:url var="list" value="/chores"/>
<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title><c:out value="${chore.title}"/> – Chores</title>
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="<c:url value='/chores.css'/>">
</head>
<body>
  <header class="top">
    <a class="brand" href="<c:url value='/'/>">Chores</a>
    <a href="<c:url value='/help.html'/>">Help</a>
  </header>
  <main>
    <p><a href="${list}">← All chores</a></p>
    <h1 id="heading"><c:out value="${chore.title}"/></h1>
    <p class="meta"><c:out value="${chore.who}"/>, until ${chore.due}${chore.done ? ', done' : ''}</p>
    <form class="note" action="${list}" method="post">
      <input type="hidden" name="what" value="note"><input type="hidden" name="id" value="${chore.id}">
      <label>Note <textarea name="note" rows="5" maxlength="1000"><c:out value="${chore.note}"/></textarea></label>
      <button class="button">Keep the note</button>
    </form>
    <form action="${list}" method="post">
      <input type="hidden" name="what" value="remove"><input type="hidden" name="id" value="${chore.id}">
      <button class="quiet">Remove this chore</button>
    </form>
  </main>
</body>
</html>
