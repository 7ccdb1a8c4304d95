package com.example.war;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A page that is written line by line, as old servlets do. */
@WebServlet("/hello")
public class HelloServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/html; charset=UTF-8");
        var out = response.getWriter();
        out.println("<!DOCTYPE html><html lang=\"en\"><head><title>Hello</title></head>");
        out.println("<body><h1 id=\"heading\">Hello from a servlet</h1>");
        out.println("<p><label>Your name <input id=\"name\"></label></p></body></html>");
    }
}
