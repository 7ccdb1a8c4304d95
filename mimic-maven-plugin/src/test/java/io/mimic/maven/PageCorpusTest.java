package io.mimic.maven;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mimic.maven.PageEditor.Edited;
import io.mimic.maven.PageEditor.Outcome;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** Pages put together from parts: every combination, and every shuffle, keeps its bytes and its meaning. */
class PageCorpusTest {
    private static final PageOptions OPTIONS = new PageOptions("mimic-assets", null, true, null);
    private static final PageEditor INSTRUMENT = PageEditor.instrumenting(
            new RecorderFiles(
                    "p_test",
                    new RecorderFiles.File("mimic.js", new byte[] {1}),
                    new RecorderFiles.File("recorder.js", new byte[] {2}),
                    List.of()),
            OPTIONS);
    private static final PageEditor RESTORE = PageEditor.uninstrumenting(OPTIONS);

    private static final List<String> PROLOGUES = List.of(
            "",
            "<!DOCTYPE html>\n",
            "<!doctype HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\"\n \"http://x\">",
            "\n\n<!-- <head> -->\n<!doctype html>",
            "<!--[if lt IE 9]><html class=\"ie\"><![endif]-->\n<!doctype html>");
    private static final List<String> HEADS = List.of(
            "<html>\n<head>\n  <meta charset=\"utf-8\">\n  <title>é &amp; &nbsp;</title>\n  <link rel=stylesheet href=a.css>\n</head>\n",
            "<HTML LANG='de'><HEAD><TITLE>x</TITLE><SCRIPT>if (a<b) document.write('<head>')</SCRIPT></HEAD>",
            "<html><head\n data-a=\"<b>\"\n>\t<base href=\"./\">\t<!-- c --><style>a>b{}</style></head>",
            "<title>no head</title>\n",
            "<html>\n",
            "<html><head><noscript><link href=x></noscript><meta name=a content='>'></head>",
            "<head></head>",
            "<html>\n  <head>\n\n\n\t\t<meta name=viewport content=width>\n\n  </head>\n");
    private static final List<String> BODIES = List.of(
            "<body class=a>text<br/><img src='a'></body></html>\n",
            "<body>\n<script>\"<head></head><body>\"</script>\n<svg><title>t</title><path d='M0'/></svg>\n</body>\n</html>",
            "<p>unclosed<table><tr><td>x",
            "<frameset cols='1,2'><frame src=a><frame src=b></frameset></html>",
            "<body><template><head></head></template><textarea><head></textarea><noscript><p></noscript></body>");
    private static final List<Charset> CHARSETS =
            List.of(UTF_8, StandardCharsets.UTF_16LE, Charset.forName("windows-1252"));

    @Test
    void everyCombinationKeepsItsBytesAndItsMeaning() {
        int instrumented = 0;
        for (String page : combinations()) {
            for (Charset charset : CHARSETS) {
                for (String lines : List.of("\n", "\r\n", "\r")) {
                    String text = (charset.name().startsWith("UTF-16") ? "\ufeff" : "") + page.replace("\n", lines);
                    byte[] bytes = text.getBytes(charset);
                    Edited edited = INSTRUMENT.edit("a/b.html", bytes);
                    assertThat(edited.outcome()).as(text).isEqualTo(Outcome.INSTRUMENTED);
                    assertReversible(bytes, edited, text);
                    assertSameMeaning(text, new String(edited.bytes(), charset));
                    instrumented++;
                }
            }
        }
        assertThat(instrumented).isGreaterThan(1000);
    }

    @Test
    void anyShuffleOfTagsIsHarmless() {
        Random random = new Random(20_261_124);
        List<String> parts = List.of(
                "<html>",
                "</html>",
                "<head>",
                "</head>",
                "<body>",
                "<!--",
                "-->",
                "<script>",
                "</script>",
                "<title>",
                "</title>",
                "<meta charset=x>",
                "<base href=/>",
                "<%",
                "%>",
                "${",
                "}",
                "<#if a>",
                "\"",
                "'",
                "<",
                ">",
                "\n",
                "\r\n",
                "x",
                "é",
                "\0",
                "<!doctype html>",
                "<c:if test=\"",
                "<?xml",
                "?>",
                "<![CDATA[",
                "]]>",
                "<svg>",
                "<template>",
                "<frameset>",
                "\t");
        for (int i = 0; i < 20_000; i++) {
            StringBuilder page = new StringBuilder();
            for (int n = random.nextInt(14); n >= 0; n--) {
                page.append(parts.get(random.nextInt(parts.size())));
            }
            String text = page.toString();
            byte[] bytes = text.getBytes(UTF_8);
            String path = List.of("a.html", "a.jsp", "a.xhtml", "a.ftl").get(i % 4);
            Edited edited = INSTRUMENT.edit(path, bytes);
            if (edited.outcome() == Outcome.LEFT_ALONE) {
                assertThat(edited.bytes()).isEqualTo(bytes);
            } else {
                assertThat(RESTORE.edit(path, edited.bytes()).bytes())
                        .as(path + ": " + text)
                        .isEqualTo(bytes);
            }
        }
    }

    private static List<String> combinations() {
        List<String> pages = new ArrayList<>();
        for (String prologue : PROLOGUES) {
            for (String head : HEADS) {
                for (String body : BODIES) {
                    boolean fragment = prologue.isEmpty() && head.startsWith("<title>") && body.startsWith("<p>");
                    if (!fragment) {
                        pages.add(prologue + head + body);
                    }
                }
            }
        }
        return pages;
    }

    private static void assertReversible(byte[] bytes, Edited edited, String text) {
        assertThat(INSTRUMENT.edit("a/b.html", edited.bytes()).outcome())
                .as(text)
                .isEqualTo(Outcome.UNCHANGED);
        assertThat(RESTORE.edit("a/b.html", edited.bytes()).bytes()).as(text).isEqualTo(bytes);
    }

    /** Read as a browser reads it, the page is what it was, with two scripts more in its head. */
    private static void assertSameMeaning(String before, String after) {
        Document document = Jsoup.parse(after.replace("\ufeff", ""));
        assertThat(document.head().select("> script[data-mimic-build]"))
                .as(after)
                .hasSize(2);
        document.select("script[data-mimic-build]").remove();
        assertThat(squeezed(document)).as(after).isEqualTo(squeezed(Jsoup.parse(before.replace("\ufeff", ""))));
    }

    private static String squeezed(Document document) {
        return document.outputSettings(new Document.OutputSettings().prettyPrint(false))
                .outerHtml()
                .replaceAll("\\s+", " ")
                .replaceAll("> <", "><");
    }
}
