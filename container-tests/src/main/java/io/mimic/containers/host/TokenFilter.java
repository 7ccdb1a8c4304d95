package io.mimic.containers.host;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Refuses what has no token, as a filter against cross-site requests does, and adds a header to what it lets through. */
public final class TokenFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (request.getServletPath().startsWith("/private") || (!reads && request.getHeader("X-Token") == null)) {
            response.sendError(403);
            return;
        }
        response.addHeader("X-Host-Filter", "passed");
        chain.doFilter(request, response);
    }
}
