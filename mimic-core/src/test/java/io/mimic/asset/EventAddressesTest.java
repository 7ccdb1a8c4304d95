package io.mimic.asset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventAddressesTest {
    @Test
    void snapshotNamesWhatItsElementsShow() throws IOException {
        assertThat(found("""
                {"type":2,"data":{"node":{"type":0,"childNodes":[
                 {"type":2,"tagName":"link","attributes":{"rel":"stylesheet","href":"/late.css"},"childNodes":[],"id":2},
                 {"type":2,"tagName":"link","attributes":{"rel":"stylesheet","_cssText":"a{background:url(\\"/in.png\\")}"},"childNodes":[],"id":3},
                 {"type":2,"tagName":"link","attributes":{"rel":"preload","href":"/hint.png"},"childNodes":[],"id":4},
                 {"type":2,"tagName":"style","attributes":{},"childNodes":[{"type":3,"textContent":"b{background:url('/text.png')}","isStyle":true,"id":6}],"id":5},
                 {"type":2,"tagName":"img","attributes":{"src":"/a.png","srcset":"/a1.png 1x, /a2.png 2x","alt":"x"},"childNodes":[],"id":7},
                 {"type":2,"tagName":"video","attributes":{"poster":"/poster.jpg"},"childNodes":[],"id":8},
                 {"type":2,"tagName":"div","attributes":{"style":"background-image: url(/style.webp)"},"childNodes":[],"id":9},
                 {"type":2,"tagName":"image","attributes":{"xlink:href":"/svg.png"},"isSVG":true,"childNodes":[],"id":10},
                 {"type":2,"tagName":"a","attributes":{"href":"/link.png"},"childNodes":[],"id":11},
                 {"type":2,"tagName":"iframe","attributes":{"src":"/frame.svg"},"childNodes":[],"id":12},
                 {"type":2,"tagName":"use","attributes":{"href":"/sprite.svg#cart"},"isSVG":true,"childNodes":[],"id":14},
                 {"type":2,"tagName":"source","attributes":{"srcset":"/b1.avif 1x,/b2.avif 2x"},"childNodes":[],"id":15},
                 {"type":2,"tagName":"td","attributes":{"background":"/cell.gif"},"childNodes":[],"id":13}
                ],"id":1}},"timestamp":1}"""))
                .containsExactlyInAnyOrder(
                        "/late.css",
                        "/in.png",
                        "/text.png",
                        "/a.png",
                        "/a1.png",
                        "/a2.png",
                        "/poster.jpg",
                        "/style.webp",
                        "/svg.png",
                        "/cell.gif",
                        "/sprite.svg#cart",
                        "/b1.avif",
                        "/b2.avif");
    }

    @Test
    void changesNameTheirsToo() throws IOException {
        assertThat(found("""
                {"type":3,"data":{"source":0,"texts":[{"id":6,"value":"b{background:url(/text.png)}"}],
                 "attributes":[{"id":7,"attributes":{"src":"/next.png"}},{"id":9,"attributes":{"style":{"background":["url(/a.png)","important"],"color":"red"}}}],
                 "removes":[],"adds":[{"parentId":1,"nextId":null,"node":{"type":2,"tagName":"img","attributes":{"src":"/added.png"},"childNodes":[],"id":20}}]}}""")).containsExactlyInAnyOrder("/text.png", "/next.png", "/a.png", "/added.png");
        assertThat(
                        found(
                                "{\"type\":3,\"data\":{\"source\":8,\"id\":1,\"adds\":[{\"rule\":\"a{background:url(/rule.png)}\"}]}}"))
                .containsExactly("/rule.png");
    }

    @Test
    void ofAFontTheFormOfTodayIsTaken() {
        List<String> found = new ArrayList<>();
        CssAddresses.find(
                "@import \"/more.css\"; @font-face { font-family: A; src: url(\"/a.woff2\") format(\"woff2\"), url(/a.ttf) }"
                        + " @font-face { src: url(/b.ttf) } b { background: url( '/b.png' ) }",
                found::add);
        assertThat(found).containsExactlyInAnyOrder("/more.css", "/a.woff2", "/b.ttf", "/b.png");
    }

    @Test
    void imageSetNamesItsCandidates() {
        List<String> found = new ArrayList<>();
        CssAddresses.find(
                "a{background:image-set(\"/1.avif\" type(\"image/avif\") 1x, url('/2.png') 2x,'/3.png' 3x);content:\"/no.png\"}"
                        + "b{background:-webkit-image-set(url(/4.png) 1x)}",
                found::add);
        assertThat(found).containsExactlyInAnyOrder("/1.avif", "/2.png", "/3.png", "/4.png");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "url(",
                "url(\"",
                "url('",
                "@import ",
                "@import \"",
                "@font-face{",
                "url( ",
                "@font-face{url(",
                "@font-face ",
                "image-set(",
                "image-set(\""
            })
    void beginningsThatNeverEndAreReadAFewTimes(String piece) {
        CountedText css = new CountedText("url(" + piece.repeat(100_000 / piece.length()));
        CssAddresses.find(css, found -> {});
        CssAddresses.addresses(css, found -> {});
        assertThat(css.read).isLessThan(50L * css.length());
    }

    /** A text that knows how many of its characters were asked for. */
    private static final class CountedText implements CharSequence {
        private final String text;
        private long read;

        CountedText(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            read++;
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** However a page is nested and whatever it says beside, every picture is found, and nothing that is only text. */
    @Property(tries = 200)
    void everyPictureIsFound(@ForAll("trees") Map<String, Object> tree) throws IOException {
        List<String> pictures = new ArrayList<>();
        pictures(tree, pictures);
        byte[] event = JSON.std.asBytes(Map.of("type", 2, "data", Map.of("node", tree), "timestamp", 1));
        List<String> found = new ArrayList<>();
        new EventAddresses(found::add).read(event);
        assertThat(found).containsExactlyInAnyOrderElementsOf(pictures);
    }

    @Provide
    Arbitrary<Map<String, Object>> trees() {
        Arbitrary<Map<String, Object>> leaf = Arbitraries.strings()
                .alpha()
                .ofMinLength(1)
                .ofMaxLength(8)
                .map(name -> element("img", Map.of("src", "/" + name + ".png", "alt", "/no.png"), List.of()));
        return Arbitraries.recursive(
                () -> leaf,
                inner -> inner.list()
                        .ofMaxSize(4)
                        .flatMap(children -> Arbitraries.strings()
                                .ofMaxLength(20)
                                .map(text -> element(
                                        "div", Map.of("title", text.replace("url(", "")), with(children, text)))),
                0,
                5);
    }

    private static List<Object> with(List<Map<String, Object>> children, String text) {
        List<Object> all = new ArrayList<>(children);
        all.add(Map.of("type", 3, "id", 1, "textContent", "/text.png " + text.replace("url(", "")));
        return all;
    }

    private static Map<String, Object> element(String tag, Map<String, Object> attributes, List<?> children) {
        Map<String, Object> element = new LinkedHashMap<>();
        element.put("type", 2);
        element.put("tagName", tag);
        element.put("attributes", attributes);
        element.put("childNodes", children);
        element.put("id", 5);
        return element;
    }

    private static void pictures(Object node, List<String> found) {
        Map<?, ?> element = (Map<?, ?>) node;
        if ("img".equals(element.get("tagName"))) {
            found.add(String.valueOf(((Map<?, ?>) element.get("attributes")).get("src")));
        }
        if (element.get("childNodes") instanceof List<?> children) {
            children.forEach(child -> pictures(child, found));
        }
    }

    private static List<String> found(String event) throws IOException {
        List<String> found = new ArrayList<>();
        new EventAddresses(found::add).read(event.getBytes(StandardCharsets.UTF_8));
        return found;
    }
}
