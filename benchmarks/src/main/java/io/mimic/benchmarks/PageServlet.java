package io.mimic.benchmarks;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;

/** A page of about 20 KB, written row by row as templates do. */
final class PageServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    static final int ROWS = 200;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/html;charset=utf-8");
        PrintWriter out = response.getWriter();
        out.write("<!doctype html>\n<html lang=\"en\">\n<head>\n<title>Orders</title>\n</head>\n<body>\n<table>\n");
        for (int row = 0; row < ROWS; row++) {
            out.write("<tr class=\"order\"><td>");
            out.write(Integer.toString(row));
            out.write("</td><td><a href=\"/orders/");
            out.write(Integer.toString(row));
            out.write("\">A thing that somebody ordered</a></td><td>12.50</td></tr>\n");
        }
        out.write("</table>\n</body>\n</html>\n");
    }
}
