package io.mimic.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.SQLException;
import java.util.zip.GZIPInputStream;

/** The reference of ingest: reads the same body, hands it to a store as it came, and answers. */
class BareServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private static final JsonFactory JSON = new JsonFactory();

    private final transient BareStore store;
    private final boolean parses;

    /** @param parses whether it also inflates the body and walks through its JSON, as whoever answers for what is stored must */
    BareServlet(BareStore store, boolean parses) {
        this.store = store;
        this.parses = parses;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] body = request.getInputStream().readAllBytes();
        if (parses) {
            walkThrough(body);
        }
        try {
            store.store(body);
        } catch (SQLException e) {
            throw new IOException(e);
        }
        response.setStatus(202);
    }

    private static void walkThrough(byte[] gzip) throws IOException {
        try (JsonParser json = JSON.createParser(new GZIPInputStream(new ByteArrayInputStream(gzip), 8192))) {
            while (json.nextToken() != null) {
                // a token is looked at and passed over
            }
        }
    }
}
