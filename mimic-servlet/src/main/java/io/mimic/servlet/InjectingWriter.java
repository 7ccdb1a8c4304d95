package io.mimic.servlet;

import java.io.IOException;
import java.io.InterruptedIOException;
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
    /** The container's, once nothing is to be put in any more. */
    private @Nullable PrintWriter straight;

    InjectingWriter(PrintWriter container, InjectingResponse response) {
        this(container, new Characters(container, response));
    }

    private InjectingWriter(PrintWriter container, Characters characters) {
        super(characters);
        this.container = container;
        this.characters = characters;
    }

    /** The answer is begun anew. */
    void again() {
        straight = null;
    }

    @Override
    public void write(int value) {
        PrintWriter direct = straight;
        if (direct != null) {
            direct.write(value);
        } else {
            super.write(value);
        }
    }

    @Override
    public void write(char[] data, int from, int length) {
        PrintWriter direct = straight;
        if (direct != null) {
            direct.write(data, from, length);
        } else {
            super.write(data, from, length);
            written();
        }
    }

    @Override
    public void write(String text) {
        write(text, 0, text.length());
    }

    @Override
    public void write(String text, int from, int length) {
        PrintWriter direct = straight;
        if (direct != null) {
            direct.write(text, from, length);
        } else if (!characters.hold(text, from, length)) {
            writeThrough(text, from, length);
        }
    }

    /** As {@code PrintWriter} does, without its lock. */
    private void writeThrough(String text, int from, int length) {
        if (characters.closed) {
            super.write(text, from, length); // which notes the mistake
            return;
        }
        try {
            characters.write(text, from, length);
            written();
        } catch (InterruptedIOException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            setError();
        }
    }

    private void written() {
        if (characters.pass()) {
            straight = container;
        }
    }

    @Override
    public void println() {
        PrintWriter direct = straight;
        if (direct != null) {
            direct.println();
        } else {
            super.println();
        }
    }

    @Override
    public void println(String text) {
        write(String.valueOf(text));
        println();
    }

    @Override
    public void close() {
        straight = null;
        super.close();
    }

    @Override
    public boolean checkError() {
        return super.checkError() || container.checkError();
    }

    private static final class Characters extends Writer {
        private final PrintWriter container;
        private final InjectingResponse response;
        private @Nullable PageInjection<char[]> page;
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

        /** The short way for a piece that is held without a look at it, as most of a page's first hundreds are. */
        boolean hold(String text, int from, int length) {
            PageInjection<char[]> current = page;
            if (current == null || !response.isCurrent(current) || closed) {
                return false;
            }
            char[] room = current.roomUnseen(length);
            if (room == null) {
                return false;
            }
            text.getChars(from, from + length, room, current.heldLength());
            current.addedUnseen(length);
            return true;
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
            char[] room = current.room(length);
            if (room != null) {
                text.getChars(from, from + length, room, current.heldLength());
                current.added(length);
            } else {
                char[] piece = new char[length];
                text.getChars(from, from + length, piece, 0);
                current.write(piece, 0, length);
            }
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
