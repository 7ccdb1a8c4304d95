package io.mimic.containers.host;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The page that the host shows for its errors. */
public final class ErrorPages extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/html;charset=UTF-8");
        response.getWriter()
                .write(Page.HTML.replace(
                        "<p>", "<p>Error " + request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) + ". "));
    }
}
