package io.mimic.dashboard;

import io.mimic.replay.SessionReader.NoSuchSessionException;
import io.mimic.servlet.Exchange;
import io.mimic.servlet.ProblemException;
import java.io.IOException;
import java.io.OutputStream;

/** Streams what somebody else writes. */
final class Json {
    private Json() {}

    /** @throws ProblemException 404 when the writer says that there is no such session */
    static void stream(Exchange exchange, Writer writer) throws IOException {
        JsonAnswer answer = new JsonAnswer(exchange);
        try {
            writer.write(answer);
        } catch (NoSuchSessionException e) {
            throw Problems.noSuchSession();
        }
        answer.finish();
    }

    /** Writes JSON as bytes. */
    interface Writer {
        void write(OutputStream out) throws IOException;
    }
}
