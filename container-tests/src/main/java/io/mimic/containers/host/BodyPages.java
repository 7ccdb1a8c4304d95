package io.mimic.containers.host;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Bodies: streams, writers, pieces, charsets, codings. */
public final class BodyPages extends PageServlet {
    private static final long serialVersionUID = 1L;

    private static final Map<String, Page> PAGES = Map.ofEntries(
            Map.entry("/stream", (request, response) -> {
                response.setContentType("text/html;charset=UTF-8");
                response.getOutputStream().write(Page.HTML.getBytes(UTF_8));
            }),
            Map.entry("/writer", (request, response) -> {
                response.setContentType("text/html;charset=UTF-8");
                response.getWriter().write(Page.HTML);
            }),
            Map.entry("/large-stream", (request, response) -> {
                response.setContentType("text/html;charset=UTF-8");
                response.getOutputStream().write(Page.large().getBytes(UTF_8));
            }),
            Map.entry("/large-writer", (request, response) -> {
                response.setContentType("text/html;charset=UTF-8");
                for (String line : Page.large().split("(?<=</p>)", -1)) {
                    response.getWriter().print(line);
                }
            }),
            Map.entry("/single-bytes", (request, response) -> {
                response.setContentType("text/html;charset=UTF-8");
                for (byte one : Page.HTML.getBytes(UTF_8)) {
                    response.getOutputStream().write(one);
                }
            }),
            Map.entry("/single-characters", (request, response) -> {
                response.setContentType("text/html;charset=UTF-8");
                for (char one : Page.HTML.toCharArray()) {
                    response.getWriter().write(one);
                }
            }),
            Map.entry("/split-tag", (request, response) -> {
                response.setContentType("text/html;charset=UTF-8");
                OutputStream out = response.getOutputStream();
                for (String piece :
                        new String[] {"<!doctype ht", "ml><HT", "ML><HE", "AD", " data-a='>'", "><TITLE>T</", "TITLE>"
                        }) {
                    out.write(piece.getBytes(UTF_8));
                    out.flush();
                }
                out.write("</HEAD><BODY>split</BODY></HTML>".getBytes(UTF_8));
            }),
            Map.entry("/upper-case", (request, response) -> {
                response.setContentType("TEXT/HTML; Charset=utf-8");
                response.getWriter().write(Page.HTML.replace("html", "HTML").replace("head", "HEAD"));
            }),
            Map.entry("/utf-16", (request, response) -> {
                response.setContentType("text/html;charset=UTF-16");
                response.getOutputStream().write(Page.HTML.getBytes(UTF_16)); // with a byte order mark
            }),
            Map.entry("/utf-16le", (request, response) -> {
                response.setContentType("text/html;charset=UTF-16LE");
                response.getOutputStream().write(Page.HTML.getBytes(UTF_16LE));
            }),
            Map.entry("/utf-16-writer", (request, response) -> {
                response.setContentType("text/html;charset=UTF-16BE");
                response.getWriter().write(Page.HTML);
            }),
            Map.entry("/instrumented", (request, response) -> {
                response.setContentType("text/html;charset=UTF-8");
                response.getWriter()
                        .write(Page.HTML.replace(
                                "</title>",
                                "</title><script src=\"/host/mimic/recorder.js\" data-mimic-project=\"p\"></script>"));
            }),
            Map.entry("/fragment", (request, response) -> {
                response.setContentType("text/html;charset=UTF-8");
                response.getWriter().write("<li>one more row</li>");
            }),
            Map.entry("/json", (request, response) -> {
                response.setContentType("application/json");
                response.getWriter().write("{\"html\":\"<html><head></head></html>\"}");
            }),
            Map.entry("/attachment", (request, response) -> {
                response.setContentType("text/html;charset=UTF-8");
                response.setHeader("Content-Disposition", "attachment; filename=report.html");
                response.getWriter().write(Page.HTML);
            }),
            Map.entry("/gzip-at-once", (request, response) -> {
                response.setContentType("text/html;charset=UTF-8");
                response.setHeader("Content-Encoding", "gzip");
                response.getOutputStream().write(gzipped(Page.HTML));
            }),
            Map.entry("/closed-writer", (request, response) -> {
                response.setContentType("text/html;charset=UTF-8");
                try (PrintWriter writer = response.getWriter()) {
                    writer.write(Page.HTML);
                }
            }));

    /** Called by the container. */
    public BodyPages() {
        super(PAGES);
    }

    private static byte[] gzipped(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }
}
