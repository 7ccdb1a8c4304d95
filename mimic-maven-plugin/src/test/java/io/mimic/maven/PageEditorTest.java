package io.mimic.maven;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mimic.maven.PageEditor.Edited;
import io.mimic.maven.PageEditor.Outcome;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageEditorTest {
    private static final RecorderFiles FILES = new RecorderFiles(
            "p_test",
            new RecorderFiles.File("mimic.js", "settings".getBytes(UTF_8)),
            new RecorderFiles.File("recorder.js", "recorder".getBytes(UTF_8)),
            List.of());
    private static final PageOptions OPTIONS = new PageOptions("mimic-assets", null, true, null);
    private static final PageEditor INSTRUMENT = PageEditor.instrumenting(FILES, OPTIONS);
    private static final PageEditor RESTORE = PageEditor.uninstrumenting(OPTIONS);
    private static final String TAGS = "(<script [^>]*data-mimic-build=[^>]*></script>)";

    @Test
    void insertsSettingsThenRecorderWithIntegrityAndDefer() {
        String page = instrumented("index.html", "<!doctype html>\n<head>\n  <title>x</title>\n</head>");

        assertThat(page)
                .isEqualTo("<!doctype html>\n<head>\n  <title>x</title>"
                        + "\n  <script src=\"mimic-assets/mimic.js\" data-mimic-build=\"settings\" integrity=\""
                        + FILES.settings().integrity() + "\" defer></script>"
                        + "\n  <script src=\"mimic-assets/recorder.js\" data-mimic-build=\"recorder\""
                        + " data-mimic-project=\"p_test\" integrity=\""
                        + FILES.recorder().integrity() + "\" defer></script>\n</head>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<html><head>^<script src=app.js></script></head>",
                "<html><head><meta charset=utf-8>^<link rel=x></head>",
                "<HTML><HEAD><META CHARSET=\"x\"><TITLE>a</TITLE>^<STYLE></STYLE></HEAD>",
                "<html><head><!-- <head> --><base href=\"\">^<script>'<head>'</script></head>",
                "<html><head><script>1</script><meta charset=utf-8>^<link></head>",
                "<!-- <html><head> --><html lang=en><head>^<style>/*<head>*/</style></head>",
                "<!doctype html><title>t</title>^<p>x",
                "<!doctype html>^<p>no head",
                "<!-- c --><!doctype html><html>^<body>x</body></html>",
                "^<body>x</body>",
                "<html><head><title>t</title>^</head><frameset><frame src=a></frameset></html>",
                "<!--[if IE]><html class=ie><head><![endif]--><html><head>^<link></head>",
                "<html><head>^<noscript><meta http-equiv=refresh content=0></noscript><meta name=a></head>",
                "<html><head data-x='>'>^<link></head>",
                "<html><head/>^<link>",
                "<html><head>^<svg><title>x</title></svg></head>",
                "<html><head><title><head></title>^</head>",
            })
    void findsThePlace(String marked) {
        String page = marked.replace("^", "");

        assertThat(instrumented("a.html", page).replaceFirst(TAGS + TAGS, "^")).isEqualTo(marked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<p>only a fragment</p>",
                "",
                "   \n",
                "<script>'<head>'</script>",
                "<!-- <html><head></head></html> -->",
                "just text",
                "<svg xmlns='http://www.w3.org/2000/svg'><title>a</title></svg>",
                "\0\0\0"
            })
    void leavesFragmentsAlone(String fragment) {
        Edited edited = INSTRUMENT.edit("part.html", fragment.getBytes(ISO_8859_1));

        assertThat(edited.outcome()).isEqualTo(Outcome.LEFT_ALONE);
        assertThat(edited.note()).contains("fragment");
        assertThat(edited.bytes()).isEqualTo(fragment.getBytes(ISO_8859_1));
    }

    @ParameterizedTest
    @MethodSource("charsets")
    void keepsEveryOtherByteInEveryCharset(Charset charset, String bom, String content) {
        byte[] before = (bom + "<html><head>\r\n\t<meta charset=\"" + charset + "\">\r\n\t<link>\r\n</head><body>"
                        + content + "</body></html>")
                .getBytes(charset);
        Edited edited = INSTRUMENT.edit("a.html", before);

        assertThat(edited.outcome()).isEqualTo(Outcome.INSTRUMENTED);
        String after = new String(edited.bytes(), charset);
        assertThat(after.replaceAll("\r\n\t" + TAGS, "")).isEqualTo(new String(before, charset));
        assertThat(after).contains(content).startsWith(bom);
        assertThat(RESTORE.edit("a.html", edited.bytes()).bytes()).isEqualTo(before);
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> charsets() {
        return Stream.of(
                        List.of("UTF-8", "", "grüße 漢字 😀"),
                        List.of("UTF-8", "\ufeff", "grüße 漢字 😀"),
                        List.of("UTF-16LE", "\ufeff", "grüße 漢字 😀 \u0a0d \u3c3e"),
                        List.of("UTF-16BE", "\ufeff", "grüße 漢字 😀 \u0d0a \u3e3c"),
                        List.of("UTF-16LE", "", "grüße"),
                        List.of("windows-1252", "", "grüße – €"),
                        List.of("Shift_JIS", "", "表示ソース能"),
                        List.of("EUC-JP", "", "表示ソース"),
                        List.of("GB18030", "", "汉字䶵"),
                        List.of("Big5", "", "許功蓋"))
                .map(row -> org.junit.jupiter.params.provider.Arguments.of(
                        Charset.forName(row.get(0)), row.get(1), row.get(2)));
    }

    @Test
    void leavesShiftingCharsetsAlone() {
        byte[] page = "<html><head><meta charset=iso-2022-jp></head><body>表示".getBytes(Charset.forName("ISO-2022-JP"));

        assertThat(INSTRUMENT.edit("a.html", page))
                .satisfies(edited -> assertThat(edited.outcome()).isEqualTo(Outcome.LEFT_ALONE))
                .satisfies(edited -> assertThat(edited.bytes()).isEqualTo(page))
                .satisfies(edited -> assertThat(edited.note()).contains("charset"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "index.html|''|mimic-assets/",
                "a/b/c.html|''|../../mimic-assets/",
                "index.html|<base href='/'>|mimic-assets/",
                "a/b/c.html|<base href='/app/'>|mimic-assets/",
                "a/b/c.html|<base href='/app/a/b/'>|../../mimic-assets/",
                "a/b/c.html|<base href='./'>|../../mimic-assets/",
                "a/b/c.html|<base href='../'>|../mimic-assets/",
                "a/b/c.html|<base href='../x/y/z.html?q#f'>|../../../mimic-assets/",
                "a/b/c.html|<base target='_top'>|../../mimic-assets/",
                "a/b/c.html|<BASE HREF=../../>|mimic-assets/",
            })
    void namesTheFilesRelativeToThePage(String path, String base, String prefix) {
        String page = "<html><head>" + base + "<link></head>";

        assertThat(instrumented(path, page)).contains("src=\"" + prefix + "mimic.js\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<base href='https://cdn.example.org/'>",
                "<base href='//x/'>",
                "<base href='../../../'>",
                "<base href='{{root}}/'>"
            })
    void leavesPagesAloneWhoseBaseLeadsAway(String base) {
        Edited edited = INSTRUMENT.edit("a/b.html", ("<html><head>" + base + "</head>").getBytes(UTF_8));

        assertThat(edited.outcome()).isEqualTo(Outcome.LEFT_ALONE);
        assertThat(edited.note()).contains("<base>");
    }

    @Test
    void aBaseThatComesLaterDoesNotCount() {
        assertThat(instrumented("a/b.html", "<html><head><script></script><base href='/'></head>"))
                .contains("src=\"../mimic-assets/mimic.js\"");
    }

    @Test
    void aFixedPublicPathServesAllPages() {
        PageEditor editor = PageEditor.instrumenting(FILES, new PageOptions("mimic-assets", "/shop", false, null));
        byte[] page = "<html><head><base href='https://x.example/'></head>".getBytes(UTF_8);

        assertThat(new String(editor.edit("a/b.html", page).bytes(), UTF_8))
                .contains("src=\"/shop/mimic-assets/mimic.js\"");
    }

    @Test
    void repeatingChangesNothingAndANewRecorderIsPutInPlace() {
        byte[] page = "<html>\n<head>\n</head>".getBytes(UTF_8);
        byte[] once = INSTRUMENT.edit("a.html", page).bytes();

        assertThat(INSTRUMENT.edit("a.html", once).outcome()).isEqualTo(Outcome.UNCHANGED);

        RecorderFiles newer = new RecorderFiles(
                "p_test", FILES.settings(), new RecorderFiles.File("recorder.js", new byte[] {1}), List.of());
        Edited updated = PageEditor.instrumenting(newer, OPTIONS).edit("a.html", once);
        assertThat(updated.outcome()).isEqualTo(Outcome.UPDATED);
        assertThat(new String(updated.bytes(), UTF_8))
                .contains(newer.recorder().integrity())
                .doesNotContain(FILES.recorder().integrity());
        assertThat(RESTORE.edit("a.html", updated.bytes()).bytes()).isEqualTo(page);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<meta charset=utf-8>", "<title>\u00e9</title>", ""})
    void escapesOfATerminalAreNoCharset(String head) {
        String page = "<html><head>" + head + "</head><body>\u001b(B\u001b[31mred</body></html>";

        assertThat(INSTRUMENT.edit("a.html", page.getBytes(UTF_8)).outcome()).isEqualTo(Outcome.INSTRUMENTED);
        assertThat(INSTRUMENT
                        .edit("a.html", "<html><head></head>\u001b$B".getBytes(UTF_8))
                        .note())
                .contains("charset with shifts");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script data-mimic-build>own()</script>",
                "<script data-mimic-build=\"7\" src=own.js></script>",
                "<script data-mimic-build=\"settings\">own()</script>"
            })
    void aScriptOfTheAppWithOurAttributeIsItsOwn(String script) {
        byte[] page = ("<html>\n<head>\n" + script + "\n</head></html>").getBytes(UTF_8);
        byte[] after = INSTRUMENT.edit("a.html", page).bytes();

        assertThat(new String(after, UTF_8)).contains(script).contains("mimic-assets/recorder.js");
        assertThat(INSTRUMENT.edit("a.html", after).outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(RESTORE.edit("a.html", after).bytes()).isEqualTo(page);
        assertThat(RESTORE.edit("a.html", page).bytes()).isEqualTo(page);
    }

    /** Looking for the end at every beginning would take hours. */
    @ParameterizedTest
    @CsvSource({"a.jsp,<%", "a.jsp,<%--", "a.jsp,${", "a.ftl,<#--", "a.ftl,${", "a.ftl,<#if "})
    void whatIsNeverEndedIsLookedForOnce(String name, String begin) {
        byte[] page = ("<html>\n<head>\n</head>\n<body>" + begin.repeat(100_000)).getBytes(UTF_8);

        assertThat(RESTORE.edit(name, INSTRUMENT.edit(name, page).bytes()).bytes())
                .isEqualTo(page);
    }

    @Test
    void leavesARecorderAloneThatWasPutThereByHand() {
        Edited edited = INSTRUMENT.edit(
                "a.html", "<html><head><script src=r.js data-mimic-project=p></script></head>".getBytes(UTF_8));

        assertThat(edited.outcome()).isEqualTo(Outcome.LEFT_ALONE);
        assertThat(edited.note()).contains("by hand");
    }

    @Test
    void saysWhenThePagesOwnPolicyWouldBlockTheRecorder() {
        String head = "<html><head><meta http-equiv=Content-Security-Policy content=\"default-src 'none'; script-src ";

        assertThat(INSTRUMENT
                        .edit("a.html", (head + "'nonce-x'\"></head>").getBytes(UTF_8))
                        .note())
                .contains("script-src 'self'")
                .contains("connect-src 'self'");
        assertThat(INSTRUMENT
                        .edit("a.html", (head + "'self'; connect-src 'self'\"></head>").getBytes(UTF_8))
                        .note())
                .isEmpty();
    }

    @Test
    void readsAMinifiedPageOfFiveMegabytes() {
        String page = "<html><head><meta charset=utf-8><script>" + "var a='<head>';".repeat(350_000)
                + "</script></head><body>" + "<div class=x>".repeat(3) + "</body></html>";
        byte[] before = page.getBytes(UTF_8);
        byte[] after = INSTRUMENT.edit("a.html", before).bytes();

        assertThat(after.length).isGreaterThan(before.length);
        assertThat(RESTORE.edit("a.html", after).bytes()).isEqualTo(before);
    }

    @Nested
    class Templates {
        @Test
        void jsp() {
            String page = "<%@ page contentType=\"text/html\" %>\n<%-- <html><head> --%>\n"
                    + "<% out.println(\"<head>\"); if (a < b && c > d) { %> <% } %>\n<c:set var=\"a\" value=\"${b > 1}\"/>\n"
                    + "<!DOCTYPE html>\n<html lang=\"<%= l %>\">\n<head>\n  <title>${t}</title>\n</head>";

            assertThat(instrumented("WEB-INF/views/a.jsp", page))
                    .contains("<head>\n  <script src=\"${pageContext.request.contextPath}/mimic-assets/mimic.js\"");
        }

        @Test
        void jspWithoutExpressionLanguage() {
            assertThat(instrumented("a.jsp", "<%@ page isELIgnored=\"true\" %><html><head></head>"))
                    .contains("src=\"<%= request.getContextPath() %>/mimic-assets/mimic.js\"");
        }

        @Test
        void thymeleaf() {
            assertThat(instrumented(
                            "a.html", "<html xmlns:th=\"http://www.thymeleaf.org\"><head th:fragment=\"h(t)\"></head>"))
                    .contains("<head th:fragment=\"h(t)\"><script th:src=\"@{/mimic-assets/mimic.js}\"");
            assertThat(INSTRUMENT
                            .edit("a.html", "<html><head th:replace=\"~{f :: h}\"></head>".getBytes(UTF_8))
                            .note())
                    .contains("another template");
            assertThat(INSTRUMENT
                            .edit("a.html", "<body th:fragment=x>".getBytes(UTF_8))
                            .note())
                    .contains("fragment");
        }

        @Test
        void freemarker() {
            String page =
                    "<#-- <head> -->\n<#macro page title=\"<head>\">\n<!doctype html>\n<html>\n<head>\n<#if a gt 1>"
                            + "<title>${title}</title></#if>\n</head>\n</#macro>";

            assertThat(instrumented("a.ftlh", page))
                    .contains("src=\"${(springMacroRequestContext.contextPath)!}/mimic-assets/mimic.js\"")
                    .contains("<head>\n<script");
        }

        @Test
        void facelets() {
            String page =
                    "<?xml version=\"1.0\"?>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:h=\"jakarta.faces.html\">"
                            + "<h:head><title/></h:head><h:body/></html>";

            assertThat(instrumented("a.xhtml", page))
                    .contains("<h:head><title/><script src=\"#{request.contextPath}/mimic-assets/mimic.js\"")
                    .contains("defer=\"defer\"");
        }

        @Test
        void xhtmlHasAttributesWithValues() {
            String page = "<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title/><meta "
                    + "name=\"a\" /><script src=\"b\"/></head><body/></html>";

            assertThat(instrumented("a.xhtml", page))
                    .contains("<meta name=\"a\" /><script src=\"mimic-assets/mimic.js\"")
                    .doesNotContain(" defer>");
            assertThat(INSTRUMENT
                            .edit("a.xhtml", "<?xml version=\"1.0\"?><html><head/></html>".getBytes(UTF_8))
                            .note())
                    .contains("empty");
        }

        @Test
        void areLeftAloneUnlessAskedFor() {
            PageEditor editor = PageEditor.instrumenting(FILES, new PageOptions("mimic-assets", null, false, null));

            assertThat(editor.edit("a.jsp", "<html><head></head>".getBytes(UTF_8))
                            .note())
                    .contains("mimic.templates");
        }
    }

    /** Instruments, and checks on the way that it is idempotent and can be undone. */
    private static String instrumented(String path, String page) {
        byte[] before = page.getBytes(StandardCharsets.UTF_8);
        Edited edited = INSTRUMENT.edit(path, before);
        assertThat(edited.note()).isEmpty();
        assertThat(edited.outcome()).isEqualTo(Outcome.INSTRUMENTED);
        assertThat(INSTRUMENT.edit(path, edited.bytes()).outcome()).isEqualTo(Outcome.UNCHANGED);
        Edited restored = RESTORE.edit(path, edited.bytes());
        assertThat(restored.outcome()).isEqualTo(Outcome.REMOVED);
        assertThat(new String(restored.bytes(), UTF_8)).isEqualTo(page);
        return new String(edited.bytes(), UTF_8);
    }
}
