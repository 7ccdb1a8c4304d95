package io.mimic.maven;

import io.mimic.maven.HeadFinder.Place;
import io.mimic.maven.RecorderTags.Reference;
import io.mimic.maven.RecorderTags.Span;
import java.util.Arrays;
import java.util.List;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;

/**
 * Puts the recorder's tags into one page, takes them out, or tells whether they are there. Every other byte stays as it was. Takes and
 * gives bytes, knows no files.
 */
final class PageEditor {
    private final @Nullable RecorderFiles files;
    private final boolean checks;
    private final PageOptions options;

    private PageEditor(@Nullable RecorderFiles files, boolean checks, PageOptions options) {
        this.files = files;
        this.checks = checks;
        this.options = options;
    }

    static PageEditor instrumenting(RecorderFiles files, PageOptions options) {
        return new PageEditor(files, false, options);
    }

    static PageEditor uninstrumenting(PageOptions options) {
        return new PageEditor(null, false, options);
    }

    static PageEditor checking(PageOptions options) {
        return new PageEditor(null, true, options);
    }

    /** A page that is served. */
    Edited edit(String path, byte[] bytes) {
        return edit(path, false, bytes);
    }

    /**
     * @param path of the page below the app's root, with slashes
     * @param templateFolder whether it lies where templates lie, so that it is one even if it uses nothing of its language
     */
    Edited edit(String path, boolean templateFolder, byte[] bytes) {
        try {
            PageText page = PageText.of(bytes);
            PageKind told = PageKind.of(path, page.text());
            PageKind kind = templateFolder && told == PageKind.HTML ? PageKind.THYMELEAF : told;
            Document document = HeadFinder.parse(page, kind);
            byte[] clean = without(page, document);
            boolean had = clean.length != bytes.length;
            if (checks) {
                return check(bytes, kind, document, had || RecorderTags.foreign(document));
            }
            if (files == null) {
                Outcome outcome = had ? Outcome.REMOVED : Outcome.UNCHANGED;
                return new Edited(outcome, clean, "", RecorderTags.references(document));
            }
            return instrument(path, bytes, clean, kind, RecorderTags.foreign(document), files);
        } catch (UnreadablePageException e) {
            return new Edited(Outcome.LEFT_ALONE, bytes, String.valueOf(e.getMessage()), List.of());
        }
    }

    /** Whether it only tells whether the recorder is there. */
    boolean checks() {
        return checks;
    }

    private static Edited check(byte[] bytes, PageKind kind, Document document, boolean has)
            throws UnreadablePageException {
        if (!has) {
            // tells a page from a fragment
            HeadFinder.find(PageText.of(bytes), kind);
        }
        return new Edited(has ? Outcome.PRESENT : Outcome.MISSING, bytes, "", RecorderTags.references(document));
    }

    private Edited instrument(
            String path, byte[] before, byte[] clean, PageKind kind, boolean foreign, RecorderFiles recorder)
            throws UnreadablePageException {
        if (foreign) {
            throw new UnreadablePageException("it has a recorder that was put there by hand");
        }
        if (kind.template() && !options.templates()) {
            throw new UnreadablePageException("it is a template: ask for templates with mimic.templates=true");
        }
        PageText page = PageText.of(clean);
        Place place = HeadFinder.find(page, kind);
        ScriptAddress address = options.publicPath() == null
                ? ScriptAddress.of(kind, path, place.base(), options.folder(), page.text())
                : ScriptAddress.fixed(options.publicPath(), options.folder());
        String separator = RecorderTags.separator(page.text(), place.offset());
        byte[] after = page.insert(place.offset(), RecorderTags.write(recorder, address, kind.xml(), separator));
        confirm(PageText.of(after), kind, clean);
        String note = PagePolicy.objection(place.policies(), options.endpointOrigin());
        if (Arrays.equals(before, after)) {
            return new Edited(Outcome.UNCHANGED, before, note, List.of());
        }
        Outcome outcome = clean.length == before.length ? Outcome.INSTRUMENTED : Outcome.UPDATED;
        return new Edited(outcome, after, note, List.of());
    }

    /** What cannot be undone, or would not run, is not done. */
    private static void confirm(PageText page, PageKind kind, byte[] clean) throws UnreadablePageException {
        Document document = HeadFinder.parse(page, kind);
        boolean found = RecorderTags.inHead(document);
        if (!found || !Arrays.equals(without(page, document), clean)) {
            throw new UnreadablePageException("the place for the recorder cannot be told for certain");
        }
    }

    private static byte[] without(PageText page, Document document) throws UnreadablePageException {
        List<Span> spans = RecorderTags.find(document, page.text());
        PageText rest = page;
        for (Span span : spans) {
            rest = PageText.of(rest.remove(span.from(), span.to()));
        }
        return rest.bytes();
    }

    /** What became of a page. */
    enum Outcome {
        INSTRUMENTED("instrumented", "would be instrumented"),
        UPDATED("updated", "would be updated"),
        UNCHANGED("unchanged"),
        REMOVED("restored", "would be restored"),
        PRESENT("with recorder"),
        MISSING("without recorder"),
        /** The tags are there, their files are not. */
        BROKEN("with a recorder that does not load"),
        LEFT_ALONE("left alone");

        private final String words;
        private final String planned;

        Outcome(String words) {
            this(words, words);
        }

        Outcome(String words, String planned) {
            this.words = words;
            this.planned = planned;
        }

        /** @param dryRun whether it was only planned */
        String words(boolean dryRun) {
            return dryRun ? planned : words;
        }

        /** Whether {@code check} is there to find it. */
        boolean missing() {
            return this == MISSING || this == BROKEN;
        }

        boolean changes() {
            return this == INSTRUMENTED || this == UPDATED || this == REMOVED;
        }
    }

    /**
     * A page afterwards.
     *
     * @param note why it was left alone, or what to look after; may be empty
     * @param references what its tags named before, when it was checked or restored
     */
    record Edited(Outcome outcome, byte[] bytes, String note, List<Reference> references) {
        Edited broken(String why) {
            return new Edited(Outcome.BROKEN, bytes, why, references);
        }
    }
}
