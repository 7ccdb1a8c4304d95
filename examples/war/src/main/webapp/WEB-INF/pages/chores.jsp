<%@ page contentType="text/html; charset=UTF-8" pageEncoding="UTF-8" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<c:url var="list" value="/chores"/>
<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Chores</title>
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="<c:url value='/chores.css'/>">
</head>
<body>
  <header class="top">
    <a class="brand" href="<c:url value='/'/>">Chores</a>
    <a href="<c:url value='/help.html'/>">Help</a>
  </header>
  <main>
    <h1 id="heading">What is to be done</h1>
    <ul class="list" id="chores">
      <c:forEach var="chore" items="${chores}">
        <li class="${chore.done ? 'done' : chore.late ? 'late' : ''}">
          <form action="${list}" method="post">
            <input type="hidden" name="what" value="done"><input type="hidden" name="id" value="${chore.id}">
            <button class="tick" aria-label="${chore.done ? 'Open again' : 'Done'}: <c:out value='${chore.title}'/>">${chore.done ? '✓' : ''}</button>
          </form>
          <a href="${list}/${chore.id}"><c:out value="${chore.title}"/></a>
          <span class="who"><c:out value="${chore.who}"/></span>
          <time datetime="${chore.due}">${chore.late ? 'late, ' : ''}${chore.due}</time>
        </li>
      </c:forEach>
    </ul>
    <form class="add" action="${list}" method="post">
      <input type="hidden" name="what" value="add">
      <label>What <input name="title" id="title" required maxlength="80" placeholder="Fold the washing"></label>
      <label>Who <select name="who"><option>Ada</option><option>Jon</option><option>Mia</option></select></label>
      <label>Until <input name="due" type="date" value="${today}" required></label>
      <button class="button" id="add">Add it</button>
    </form>
  </main>
</body>
</html>
