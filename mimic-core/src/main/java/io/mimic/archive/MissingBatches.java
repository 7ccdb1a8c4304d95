package io.mimic.archive;

import io.mimic.catalog.PageRow;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** How many batches a segment's pages skip: the recorder gave them numbers, and neither the segment nor one before it has them. */
final class MissingBatches {
    /** A number that somebody forged shall not make a mountain. */
    private static final int MOST_A_PAGE = 10_000;

    private final Map<String, SeqRanges> committed;
    private final ToIntFunction<String> firstSeq;

    /**
     * @param committed page by page, what earlier segments have
     * @param firstSeq smallest number of a page that can lie in this session; asked only when the page's first batches are missing
     */
    MissingBatches(Map<String, SeqRanges> committed, ToIntFunction<String> firstSeq) {
        this.committed = committed;
        this.firstSeq = firstSeq;
    }

    /** Those up to the last number that was committed before were counted with that. */
    long count(List<PageRow> pages) {
        return pages.stream()
                .filter(page -> !page.window().equals(PageRow.SERVER_WINDOW))
                .mapToLong(page -> count(page.page(), SeqRanges.parse(page.seqs())))
                .sum();
    }

    private long count(String page, SeqRanges seqs) {
        @Nullable SeqRanges before = committed.get(page);
        int from = before == null || before.isEmpty() ? firstNew(page, seqs) : before.last() + 1;
        long missing = 0;
        for (SeqRanges.Range hole : seqs.holes()) {
            missing += Math.max(0, hole.last() + 1L - Math.max(from, hole.first()));
        }
        return Math.min(MOST_A_PAGE, missing);
    }

    private int firstNew(String page, SeqRanges seqs) {
        return seqs.contains(0) ? 0 : firstSeq.applyAsInt(page);
    }
}
