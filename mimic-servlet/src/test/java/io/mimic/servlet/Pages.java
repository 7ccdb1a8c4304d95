package io.mimic.servlet;

import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Pages as people write them, and as they do not. */
final class Pages {
    private static final List<String> PROLOGUE = List.of(
            "<!DOCTYPE html>",
            "<!doctype html PUBLIC \"-//W3C//DTD XHTML 1.0//EN\" \"http://www.w3.org/xhtml1.dtd\">",
            "<?xml version=\"1.0\"?>",
            "<html>",
            "<HTML lang=en class='a>b'>",
            "<html data-x=\"<head>\">",
            "\r\n",
            "  \t\n",
            "<!-- <head> -->",
            "<!-->",
            "<!--->",
            "<!-- a --!>",
            "<!--[if IE]><html class=\"ie\"><head><![endif]-->",
            "<![endif]>");
    private static final List<String> HEAD = List.of(
            "<head>",
            "<HEAD>",
            "<head profile=\"a>b\" data-y='>'>",
            "<head\n>",
            "<head/>",
            "<meta charset=utf-8>",
            "<meta name=\"a\" content=\"<script>\" />",
            "<title>a <head> b</title>",
            "<TITLE>é</TITLE>",
            "<script>if (a < b) document.write(\"<head></head>\")</script>",
            "<script src='/app.js'></script >",
            "<style>a > b { content: '</head>' }</style>",
            "<link rel=stylesheet href=/a.css>",
            "<base href=\"/x/\">",
            "<!-- <script data-mimic-project=\"x\"> -->",
            "<script src=\"/mimic/recorder.js\" data-mimic-project=\"p\" defer></script>",
            "</head>");
    private static final List<String> BODY = List.of(
            "<body>",
            "<body class=\"head\">",
            "<header>",
            "</header>",
            "<p>text & more",
            "<h1>Überschrift — €</h1>",
            "plain text",
            "<",
            "a < b",
            "</",
            "</br>",
            "<!",
            "<hea",
            "<textarea></head></textarea>",
            "</body>",
            "</html>");

    private Pages() {}

    static Arbitrary<String> any() {
        Arbitrary<String> wild = Arbitraries.of(
                        Stream.of(PROLOGUE, HEAD, BODY).flatMap(List::stream).toList())
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
        Arbitrary<String> cut = likely().flatMap(
                        page -> Arbitraries.integers().between(0, page.length()).map(end -> page.substring(0, end)));
        Arbitrary<String> noise = Arbitraries.strings()
                .withChars("<>!-/=\"' \nheadHEADsript\u00e9")
                .ofMaxLength(60);
        return Arbitraries.frequencyOf(
                Tuple.of(4, likely()),
                Tuple.of(3, wild),
                Tuple.of(2, cut),
                Tuple.of(1, noise),
                Tuple.of(1, likely().map(Pages::padded)));
    }

    /** Prologue, head and body in their order, any of them missing. */
    static Arbitrary<String> likely() {
        Arbitrary<String> prologue = some(PROLOGUE, 4);
        Arbitrary<String> head = some(HEAD, 5);
        Arbitrary<String> body = some(BODY, 5);
        return Combinators.combine(prologue, head, body).as((a, b, c) -> a + b + c);
    }

    private static Arbitrary<String> some(List<String> parts, int most) {
        return Arbitraries.of(parts).list().ofMaxSize(most).map(chosen -> String.join("", chosen));
    }

    /** Longer than the container's buffer, before and after the head. */
    private static String padded(String page) {
        return "<!--" + "x".repeat(9000) + "-->" + page + "<p>" + "y".repeat(20_000);
    }
}
