package io.mimic.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.mimic.servlet.InjectionPolicy.Wanted;
import jakarta.servlet.ServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.lang.reflect.Proxy;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** Any split of any HTML over any sequence of calls gives exactly the page and one tag, or exactly the page. */
class InjectionPropertiesTest {
    private static final String TAG = "<script src=\"/mimic/recorder.js\" data-mimic-project=\"p\" defer></script>";

    @Property(tries = 3000)
    void anySplitOfBytesGivesWhatOneWriteGives(
            @ForAll("pages") String page, @ForAll("charsets") String charset, @ForAll boolean mark, @ForAll long seed)
            throws IOException {
        byte[] bytes = encode(page, charset, mark);
        PlainResponse whole = new PlainResponse("text/html;charset=" + charset, charset);
        InjectingResponse one = injecting(whole, false);
        one.getOutputStream().write(bytes);
        one.dispatchEnded();

        PlainResponse split = new PlainResponse("text/html;charset=" + charset, charset);
        InjectingResponse many = injecting(split, false);
        writeInPieces(many.getOutputStream(), bytes, new Random(seed));
        many.dispatchEnded();

        assertThat(split.body()).isEqualTo(whole.body());
        assertPageAndAtMostOneTag(split.body(), bytes, tagBytes(charset, bytes));
    }

    @Example
    void fullBufferThatEndsInTheHeadIsNotTheEndOfTheHead() throws IOException {
        byte[] before = ("<!--" + "x".repeat(9000) + "--><head>").getBytes(StandardCharsets.UTF_8);
        byte[] after = (TAG + "</head><p>instrumented at build time").getBytes(StandardCharsets.UTF_8);
        PlainResponse plain = new PlainResponse("text/html;charset=UTF-8", "UTF-8");
        InjectingResponse response = injecting(plain, false);
        response.getOutputStream().write(before);
        response.getOutputStream().write(after);
        response.dispatchEnded();

        assertThat(plain.body()).isEqualTo(join(before, after));
    }

    @Example
    void pageThatBeginsAsAMarkWouldIsNoMarked() throws IOException {
        byte[] page = "þ<html><head><title>Þ</title>".getBytes(StandardCharsets.ISO_8859_1);
        PlainResponse plain = new PlainResponse("text/html;charset=ISO-8859-1", "ISO-8859-1");
        InjectingResponse response = injecting(plain, false);
        response.getOutputStream().write(page);
        response.dispatchEnded();

        assertThat(plain.body()).isEqualTo(join(TAG.getBytes(StandardCharsets.US_ASCII), page));
    }

    @Property(tries = 5000)
    void howeverLittleIsHeldBackThePageStaysWhole(
            @ForAll("pages") String page, @ForAll("charsets") String charset, @ForAll long seed) throws IOException {
        Random random = new Random(seed);
        byte[] bytes = encode(page, charset, random.nextBoolean());
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        PageInjection<byte[]> injection = new PageInjection<>(
                this,
                Medium.bytes(charset),
                new HeadScanner(random.nextBoolean(), true),
                1 + random.nextInt(60),
                sent::write,
                new SometimesHeld(random));
        int at = 0;
        while (at < bytes.length) {
            int length = Math.min(bytes.length - at, random.nextInt(random.nextBoolean() ? 4 : 1 + bytes.length));
            byte[] room = random.nextBoolean() ? injection.room(length) : null;
            if (room == null) {
                injection.write(bytes, at, length);
            } else {
                System.arraycopy(bytes, at, room, injection.heldLength(), length);
                injection.added(length);
            }
            at += length;
            if (random.nextInt(20) == 0) {
                injection.release(false);
            }
        }
        injection.release(true);

        assertThat(injection.over()).isTrue();
        assertPageAndAtMostOneTag(sent.toByteArray(), bytes, tagBytes(charset, bytes));
    }

    @Property(tries = 2000)
    void anySplitOfCharactersGivesWhatOneWriteGives(
            @ForAll("pages") String page, @ForAll("charsets") String charset, @ForAll long seed) throws IOException {
        PlainResponse whole = new PlainResponse("text/html", charset);
        InjectingResponse one = injecting(whole, false);
        one.getWriter().write(page);
        one.dispatchEnded();

        PlainResponse split = new PlainResponse("text/html", charset);
        InjectingResponse many = injecting(split, false);
        writeInPieces(many.getWriter(), page, new Random(seed));
        many.dispatchEnded();

        assertThat(split.body()).isEqualTo(whole.body());
        PlainResponse untouched = new PlainResponse("text/html", charset);
        untouched.getWriter().write(page);
        byte[] tag = withoutMark(TAG.getBytes(Charset.forName(charset)));
        assertPageAndAtMostOneTag(split.body(), untouched.body(), tag);
    }

    @Property(tries = 2000)
    void flushesAndResetsBetweenPiecesLoseNothing(@ForAll("pages") String page, @ForAll long seed) throws IOException {
        Random random = new Random(seed);
        byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
        PlainResponse plain = new PlainResponse("text/html;charset=UTF-8", "UTF-8");
        InjectingResponse response = injecting(plain, false);
        OutputStream out = response.getOutputStream();
        if (random.nextBoolean()) {
            writeInPieces(out, "<html><head>dropped".getBytes(StandardCharsets.UTF_8), random);
            response.resetBuffer();
        }
        int at = 0;
        while (at < bytes.length) {
            int length = Math.min(bytes.length - at, 1 + random.nextInt(1 + bytes.length / 3));
            out.write(bytes, at, length);
            at += length;
            switch (random.nextInt(4)) {
                case 0 -> out.flush();
                case 1 -> response.flushBuffer();
                default -> {}
            }
        }
        if (random.nextBoolean()) {
            out.close();
        }
        response.dispatchEnded();

        assertPageAndAtMostOneTag(plain.body(), bytes, TAG.getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 2000)
    void asynchronousPagesAreNeverHeldAndTakeOneWriteEach(@ForAll("pages") String page, @ForAll long seed)
            throws IOException {
        Random random = new Random(seed);
        byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
        PlainResponse plain = new PlainResponse("text/html;charset=UTF-8", "UTF-8");
        InjectingResponse response = injecting(plain, true);
        OutputStream out = response.getOutputStream();
        int at = 0;
        while (at < bytes.length) {
            int length = Math.min(bytes.length - at, 1 + random.nextInt(40));
            int before = plain.writes;
            out.write(bytes, at, length);
            at += length;
            assertThat(plain.writes - before).isEqualTo(1);
            assertThat(plain.body().length).isGreaterThanOrEqualTo(at);
        }

        assertPageAndAtMostOneTag(plain.body(), bytes, TAG.getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 3000)
    void parserSeesTheSamePageAndTheTagInItsHead(@ForAll("likely") String page) throws IOException {
        PlainResponse plain = new PlainResponse("text/html;charset=UTF-8", "UTF-8");
        InjectingResponse response = injecting(plain, false);
        response.getOutputStream().write(page.getBytes(StandardCharsets.UTF_8));
        response.dispatchEnded();
        String result = new String(plain.body(), StandardCharsets.UTF_8);

        if (!result.equals(page) && !page.contains("<script src=\"/mimic")) {
            Document changed = Jsoup.parse(result);
            assertThat(changed.head().select("script[data-mimic-project]"))
                    .as(result)
                    .hasSize(1);
            changed.select("script[data-mimic-project]").remove();
            assertThat(changed.outerHtml())
                    .as(result)
                    .isEqualTo(Jsoup.parse(page).outerHtml());
        } else if (result.equals(page) && !page.contains("<script src=\"/mimic")) {
            // a page that ends inside a tag may have been cut off there: it is left as it is
            Document left = Jsoup.parse(page.replaceFirst("<[^>]*$", ""));
            assertThat(left.select("*").size()).as(page).isEqualTo(4); // document, html, head, body
            assertThat(left.text()).as(page).isEmpty();
        }
    }

    @Property(tries = 2000)
    void contentLengthIsTrueOrAbsent(@ForAll("pages") String page, @ForAll long seed) throws IOException {
        Random random = new Random(seed);
        byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
        PlainResponse plain = new PlainResponse("text/html;charset=UTF-8", "UTF-8");
        InjectingResponse response = injecting(plain, false);
        switch (random.nextInt(4)) {
            case 0 -> response.setContentLength(bytes.length);
            case 1 -> response.setContentLengthLong(bytes.length);
            case 2 -> response.setHeader("content-length", String.valueOf(bytes.length));
            default -> response.setIntHeader("Content-Length", bytes.length);
        }
        assertThat(response.getHeader("Content-Length")).isEqualTo(String.valueOf(bytes.length));
        writeInPieces(response.getOutputStream(), bytes, random);
        response.dispatchEnded();

        String declared = plain.headers.get("Content-Length");
        if (declared != null) {
            assertThat(Long.parseLong(declared)).isEqualTo(plain.body().length);
        } else {
            assertThat(bytes.length).isGreaterThanOrEqualTo(8192);
        }
    }

    @Provide
    Arbitrary<String> pages() {
        return Pages.any();
    }

    @Provide
    Arbitrary<String> likely() {
        return Pages.likely();
    }

    @Provide
    Arbitrary<String> charsets() {
        return Arbitraries.of(
                "UTF-8", "ISO-8859-1", "ISO-8859-15", "windows-1252", "UTF-16", "UTF-16BE", "UTF-16LE", "Shift_JIS");
    }

    private record SometimesHeld(Random random) implements PageInjection.Fate {
        @Override
        public boolean mayHold() {
            return random.nextInt(8) > 0;
        }

        @Override
        public String tag() {
            return TAG;
        }

        @Override
        public void inserting(int tagBytes) {}

        @Override
        public void leaving() {}

        @Override
        public void undecided() {}
    }

    private static InjectingResponse injecting(PlainResponse plain, boolean async) {
        ServletRequest request = (ServletRequest) Proxy.newProxyInstance(
                ServletRequest.class.getClassLoader(),
                new Class<?>[] {ServletRequest.class},
                (proxy, method, arguments) -> method.getName().equals("isAsyncStarted") && async);
        return new InjectingResponse(request, plain, Wanted.ANY_MARKUP, nonce -> TAG);
    }

    private static byte[] encode(String page, String charset, boolean mark) {
        byte[] bytes = withoutMark(page.getBytes(Charset.forName(charset)));
        if (!mark) {
            return charset.equals("UTF-16") ? page.getBytes(StandardCharsets.UTF_16LE) : bytes;
        }
        return switch (charset) {
            case "UTF-8" -> join(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf}, bytes);
            case "UTF-16", "UTF-16BE" -> join(new byte[] {(byte) 0xfe, (byte) 0xff}, bytes);
            case "UTF-16LE" -> join(new byte[] {(byte) 0xff, (byte) 0xfe}, bytes);
            default -> bytes;
        };
    }

    private static byte[] tagBytes(String charset, byte[] page) {
        if (!charset.startsWith("UTF-16")) {
            return TAG.getBytes(StandardCharsets.US_ASCII);
        }
        boolean marked = page.length > 1 && (page[0] & 0xff) == 0xfe && (page[1] & 0xff) == 0xff;
        return TAG.getBytes(
                marked || charset.equals("UTF-16BE") ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE);
    }

    private static byte[] withoutMark(byte[] bytes) {
        boolean marked = bytes.length > 1 && (bytes[0] & 0xff) == 0xfe && (bytes[1] & 0xff) == 0xff;
        return marked ? Arrays.copyOfRange(bytes, 2, bytes.length) : bytes;
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static void writeInPieces(OutputStream out, byte[] bytes, Random random) throws IOException {
        int at = 0;
        while (at < bytes.length) {
            int length = Math.min(bytes.length - at, random.nextInt(random.nextBoolean() ? 4 : 1 + bytes.length));
            if (length == 1) {
                out.write(bytes[at]);
            } else {
                byte[] larger = new byte[length + 7];
                System.arraycopy(bytes, at, larger, 3, length);
                out.write(larger, 3, length);
                Arrays.fill(larger, (byte) '!'); // the caller's array is its own again
            }
            at += length;
        }
    }

    private static void writeInPieces(PrintWriter out, String page, Random random) {
        int at = 0;
        while (at < page.length()) {
            int length = Math.min(page.length() - at, random.nextInt(random.nextBoolean() ? 4 : 1 + page.length()));
            switch (random.nextInt(3)) {
                case 0 -> out.write(page, at, length);
                case 1 -> out.print(page.substring(at, at + length));
                default -> page.substring(at, at + length).chars().forEach(out::write);
            }
            at += length;
        }
    }

    private static void assertPageAndAtMostOneTag(byte[] result, byte[] page, byte[] tag) {
        if (Arrays.equals(result, page)) {
            return;
        }
        assertThat(result).hasSize(page.length + tag.length);
        int at = Arrays.mismatch(result, page);
        // bytes that the tag shares with what follows it move the mismatch to the right, by no more than the tag
        List<Integer> starts =
                IntStream.rangeClosed(Math.max(0, at - tag.length), at).boxed().toList();
        assertThat(starts).anyMatch(start -> isPageWithTagAt(result, page, tag, start));
    }

    private static boolean isPageWithTagAt(byte[] result, byte[] page, byte[] tag, int at) {
        return Arrays.equals(result, 0, at, page, 0, at)
                && Arrays.equals(result, at, at + tag.length, tag, 0, tag.length)
                && Arrays.equals(result, at + tag.length, result.length, page, at, page.length);
    }
}
