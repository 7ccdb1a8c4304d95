package io.mimic.containers.host;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.zip.GZIPOutputStream;

/** Compresses inside the app, as many old webapps do: behind MIMIC's filter, so that MIMIC sees bytes that are compressed. */
public final class GzipFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("Content-Encoding", "gzip");
        GZIPOutputStream gzip = new GZIPOutputStream(response.getOutputStream());
        chain.doFilter(request, new Compressed(response, gzip));
        gzip.finish();
    }

    private static final class Compressed extends HttpServletResponseWrapper {
        private final GZIPOutputStream gzip;
        private final PrintWriter writer;

        Compressed(HttpServletResponse response, GZIPOutputStream gzip) {
            super(response);
            this.gzip = gzip;
            this.writer =
                    new PrintWriter(
                            new java.io.OutputStreamWriter(gzip, java.nio.charset.StandardCharsets.UTF_8), true) {
                        @Override
                        public void write(String text) {
                            super.write(text);
                            flush();
                        }
                    };
        }

        @Override
        public PrintWriter getWriter() {
            return writer;
        }

        @Override
        public ServletOutputStream getOutputStream() {
            return new ServletOutputStream() {
                @Override
                public void write(int value) throws IOException {
                    gzip.write(value);
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setWriteListener(WriteListener listener) {
                    throw new IllegalStateException("This filter blocks.");
                }
            };
        }
    }
}
