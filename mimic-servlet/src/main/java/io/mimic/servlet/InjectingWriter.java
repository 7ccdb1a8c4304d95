package io.mimic.servlet;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * Characters of an answer on their way through an {@link InjectingResponse}. A template writes a page in hundreds of pieces: as soon as
 * nothing is to be put in any more, they go to the container's writer without a lock or a copy.
 */
final class InjectingWriter extends PrintWriter {
    private final PrintWriter container;
    private final Characters characters;

    InjectingWriter(PrintWriter container, InjectingResponse response) {
        this(container, new Characters(container, response));
    }

    private InjectingWriter(PrintWriter container, Characters characters) {
        super(characters);
        this.container = container;
        this.characters = characters;
    }

    @Override
    public void write(int value) {
        if (characters.pass()) {
            container.write(value);
        } else {
            super.write(value);
        }
    }

    @Override
    public void write(char[] data, int from, int length) {
        if (characters.pass()) {
            container.write(data, from, length);
        } else {
            super.write(data, from, length);
        }
    }

    @Override
    public void write(String text, int from, int length) {
        if (characters.pass()) {
            container.write(text, from, length);
        } else {
            super.write(text, from, length);
        }
    }

    @Override
    public boolean checkError() {
        return super.checkError() || container.checkError();
    }

    private static final class Characters extends Writer {
        private final PrintWriter container;
        private final InjectingResponse response;
        private @Nullable PageInjection<char[]> page;
        private char[] piece = new char[256];
        private volatile boolean closed;

        Characters(PrintWriter container, InjectingResponse response) {
            this.container = container;
            this.response = response;
        }

        /** Whether what is written now may go to the container as it is. */
        boolean pass() {
            return !closed && response.passes(page);
        }

        private @Nullable PageInjection<char[]> page() {
            if (response.isCurrent(page)) {
                return page;
            }
            page = response.begin(true)
                    ? response.open(this, Medium.characters(response.getCharacterEncoding()), container::write)
                    : null;
            return page;
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
                return;
            }
            if (piece.length < length) {
                piece = new char[length];
            }
            text.getChars(from, from + length, piece, 0);
            current.write(piece, 0, length);
        }

        @Override
        public void flush() throws IOException {
            response.releaseForFlush();
            container.flush();
        }

        @Override
        public void close() throws IOException {
            closed = true;
            response.finish();
            container.close();
        }
    }
}
