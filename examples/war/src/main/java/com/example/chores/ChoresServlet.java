package com.example.chores;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.Optional;

/** The list ({@code /chores}) and one chore ({@code /chores/3}); changes are form posts that redirect. */
@WebServlet({"/chores", "/chores/*"})
public class ChoresServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final transient Chores chores = Chores.ofANewHousehold(LocalDate.now());

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String path = Objects.requireNonNullElse(request.getPathInfo(), "/");
        if (path.equals("/")) {
            request.setAttribute("chores", chores.all());
            request.setAttribute("today", LocalDate.now());
            request.getRequestDispatcher("/WEB-INF/pages/chores.jsp").forward(request, response);
            return;
        }
        var chore = id(path.substring(1)).flatMap(chores::find);
        if (chore.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND, "No chore " + path);
            return;
        }
        request.setAttribute("chore", chore.get());
        request.getRequestDispatcher("/WEB-INF/pages/chore.jsp").forward(request, response);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.setCharacterEncoding("UTF-8");
        try {
            change(request);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST, e.getMessage());
            return;
        }
        response.sendRedirect(request.getContextPath() + "/chores");
    }

    private void change(HttpServletRequest request) {
        switch (text(request, "what")) {
            case "add" ->
                chores.add(text(request, "title"), text(request, "who"), LocalDate.parse(text(request, "due")), "");
            case "done" -> chores.change(number(request), chore -> chore.withDone(!chore.done()));
            case "note" -> chores.change(number(request), chore -> chore.withNote(text(request, "note")));
            case "remove" -> chores.remove(number(request));
            default -> throw new IllegalArgumentException("Unknown change: " + text(request, "what"));
        }
    }

    private static int number(HttpServletRequest request) {
        return id(text(request, "id")).orElseThrow(() -> new IllegalArgumentException("Which chore?"));
    }

    private static Optional<Integer> id(String text) {
        return text.matches("\\d{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }

    private static String text(HttpServletRequest request, String name) {
        return Objects.requireNonNullElse(request.getParameter(name), "");
    }
}
