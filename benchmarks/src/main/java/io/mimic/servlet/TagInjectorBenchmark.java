package io.mimic.servlet;

import io.mimic.servlet.InjectionPolicy.Wanted;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A page of 20 KB that a template writes in a thousand pieces, or a view in blocks of 8 KB; with the tag put in, and without. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TagInjectorBenchmark {
    private static final int BLOCK = 8 * 1024;

    private final Stubs.Request request = new Stubs.Request(Map.of());
    private final Stubs.Response response = new Stubs.Response();
    private final String[] pieces = pieces();
    private final char[] whole = String.join("", pieces).toCharArray();

    @Benchmark
    public int piecesWithout() throws IOException {
        inPieces(response);
        return response.written();
    }

    @Benchmark
    public int piecesWithTag() throws IOException {
        InjectingResponse injecting = injecting();
        inPieces(injecting);
        injecting.dispatchEnded();
        return response.written();
    }

    @Benchmark
    public int blocksWithTag() throws IOException {
        InjectingResponse injecting = injecting();
        PrintWriter out = injecting.getWriter();
        for (int at = 0; at < whole.length; at += BLOCK) {
            out.write(whole, at, Math.min(BLOCK, whole.length - at));
        }
        injecting.dispatchEnded();
        return response.written();
    }

    private InjectingResponse injecting() {
        return new InjectingResponse(
                request,
                response,
                Wanted.ANY_MARKUP,
                nonce -> "<script src=\"/mimic/recorder.js\" data-mimic-project=\"p\" defer></script>");
    }

    private void inPieces(HttpServletResponse to) throws IOException {
        PrintWriter out = to.getWriter();
        for (String piece : pieces) {
            out.write(piece);
        }
    }

    private static String[] pieces() {
        String[] pieces = new String[1_001];
        pieces[0] = "<!doctype html>\n<html lang=\"en\">\n<head>\n<title>Orders</title>\n</head>\n<body>\n<table>\n";
        String[] row = {
            "<tr class=\"order\"><td>",
            "17",
            "</td><td><a href=\"/orders/",
            "17",
            "\">A thing</a></td><td>12.50</td></tr>\n"
        };
        for (int i = 1; i < pieces.length; i++) {
            pieces[i] = row[(i - 1) % row.length];
        }
        return pieces;
    }
}
