<%@ page contentType="text/html;charset=UTF-8" pageEncoding="UTF-8" %><p>included: <%= request.getServletPath() %></p>
