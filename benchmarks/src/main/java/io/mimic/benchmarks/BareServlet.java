package io.mimic.benchmarks;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;

/** The reference of ingest: reads the same body, hands it to a store, and answers. */
final class BareServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient BareStore store;

    BareServlet(BareStore store) {
        this.store = store;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] body = request.getInputStream().readAllBytes();
        try {
            store.store(body);
        } catch (SQLException e) {
            throw new IOException(e);
        }
        response.setStatus(202);
    }
}
