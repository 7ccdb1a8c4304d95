package io.mimic.servlet;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/** Characters of an answer on their way through an {@link InjectingResponse}. */
final class InjectingWriter extends PrintWriter {
    private final PrintWriter container;

    InjectingWriter(PrintWriter container, InjectingResponse response) {
        super(new Characters(container, response));
        this.container = container;
    }

    @Override
    public boolean checkError() {
        return super.checkError() || container.checkError();
    }

    private static final class Characters extends Writer {
        private final PrintWriter container;
        private final InjectingResponse response;
        private @Nullable PageInjection<char[]> page;

        Characters(PrintWriter container, InjectingResponse response) {
            this.container = container;
            this.response = response;
        }

        private @Nullable PageInjection<char[]> page() {
            if (!response.begin(true)) {
                return null;
            }
            PageInjection<char[]> known = page;
            if (known == null || !response.isCurrent(known)) {
                known = response.open(Medium.characters(response.getCharacterEncoding()), container::write);
                page = known;
            }
            return known;
        }

        @Override
        public void write(char[] data, int from, int length) throws IOException {
            PageInjection<char[]> current = page();
            if (current == null) {
                container.write(data, from, length);
            } else {
                current.write(data, from, length);
            }
        }

        @Override
        public void write(String text, int from, int length) throws IOException {
            PageInjection<char[]> current = page();
            if (current == null) {
                container.write(text, from, length);
            } else {
                current.write(text.substring(from, from + length).toCharArray(), 0, length);
            }
        }

        @Override
        public void flush() throws IOException {
            response.releaseForFlush();
            container.flush();
        }

        @Override
        public void close() throws IOException {
            response.finish();
            container.close();
        }
    }
}
