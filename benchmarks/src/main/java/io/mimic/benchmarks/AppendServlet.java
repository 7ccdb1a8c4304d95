package io.mimic.benchmarks;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The reference of ingest: reads the same body and appends it to a file, synced to the disk before the answer or not. */
final class AppendServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient FileChannel file;
    private final boolean sync;

    AppendServlet(Path file, boolean sync) {
        try {
            this.file = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new IllegalStateException("The reference's file could not be opened.", e);
        }
        this.sync = sync;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] body = request.getInputStream().readAllBytes();
        synchronized (file) {
            ByteBuffer bytes = ByteBuffer.wrap(body);
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            if (sync) {
                file.force(false);
            }
        }
        response.setStatus(202);
    }

    @Override
    public void destroy() {
        try {
            file.close();
        } catch (IOException e) {
            throw new IllegalStateException("The reference's file could not be closed.", e);
        }
    }
}
