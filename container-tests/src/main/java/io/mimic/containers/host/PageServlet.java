package io.mimic.containers.host;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** Answers by the path below the servlet's. */
abstract class PageServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Map<String, Page> pages;

    PageServlet(Map<String, Page> pages) {
        this.pages = pages;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        Page page = pages.get(request.getPathInfo());
        if (page == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else {
            page.answer(request, response);
        }
    }
}
