package io.mimic.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Bytes of an answer on their way through an {@link InjectingResponse}. */
final class InjectingStream extends ServletOutputStream {
    private final ServletOutputStream out;
    private final InjectingResponse response;
    private @Nullable PageInjection<byte[]> page;

    InjectingStream(ServletOutputStream out, InjectingResponse response) {
        this.out = out;
        this.response = response;
    }

    private @Nullable PageInjection<byte[]> page() {
        if (response.isCurrent(page)) {
            return page;
        }
        String charset = response.getCharacterEncoding();
        page = response.begin(PageRules.writable(charset))
                ? response.open(this, Medium.bytes(charset), out::write)
                : null;
        return page;
    }

    @Override
    public void write(int value) throws IOException {
        PageInjection<byte[]> current = response.passes(page) ? null : page();
        if (current == null) {
            out.write(value);
        } else {
            current.write(new byte[] {(byte) value}, 0, 1);
        }
    }

    @Override
    public void write(byte[] data, int from, int length) throws IOException {
        PageInjection<byte[]> current = response.passes(page) ? null : page();
        if (current == null) {
            out.write(data, from, length);
        } else {
            current.write(data, from, length);
        }
    }

    @Override
    public void flush() throws IOException {
        response.releaseForFlush();
        out.flush();
    }

    @Override
    public void close() throws IOException {
        response.finish();
        out.close();
    }

    @Override
    public boolean isReady() {
        return out.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        try {
            response.goesNonBlocking();
        } catch (IOException e) {
            throw new UncheckedIOException("The client is gone.", e);
        }
        out.setWriteListener(listener);
    }
}
