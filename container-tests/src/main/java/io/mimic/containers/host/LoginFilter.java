package io.mimic.containers.host;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.List;

/** Knows people by a header with their name and their roles, as a filter that logs people in does by other means. */
public final class LoginFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String login = request.getHeader("X-Login");
        if (login == null || login.isBlank()) {
            chain.doFilter(request, response);
            return;
        }
        List<String> words = List.of(login.split(" ", -1));
        chain.doFilter(
                new HttpServletRequestWrapper(request) {
                    @Override
                    public Principal getUserPrincipal() {
                        return () -> words.get(0);
                    }

                    @Override
                    public boolean isUserInRole(String role) {
                        return words.subList(1, words.size()).contains(role);
                    }
                },
                response);
    }
}
