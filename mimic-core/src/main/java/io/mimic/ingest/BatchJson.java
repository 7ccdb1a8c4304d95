package io.mimic.ingest;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Makes parsers for what browsers send. Thread-safe. */
final class BatchJson {
    /** Of a text that is looked at, in characters; what is only passed on is bounded by the batch. */
    private static final int TEXT = 4 * 1024 * 1024;

    private static final int NUMBER = 1_000;
    private static final int NAME = 50_000;

    private final IngestLimits limits;
    private volatile @Nullable JsonFactory factory;

    BatchJson(IngestLimits limits) {
        this.limits = limits;
    }

    /** Made for the first batch, and not while the host starts. */
    private JsonFactory factory() {
        JsonFactory made = factory;
        if (made == null) {
            made = made(limits);
            factory = made;
        }
        return made;
    }

    private static JsonFactory made(IngestLimits limits) {
        return JsonFactory.builder()
                // thread locals would keep the class loader of a host that was redeployed
                .recyclerPool(JsonRecyclerPools.newBoundedPool(limits.concurrency()))
                // names are chosen by the sender: interned they would outlive the batch
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                // anything but UTF-8 would have offsets in characters, not in bytes
                .disable(JsonFactory.Feature.CHARSET_DETECTION)
                // what a parser leaves of a body is read on without it
                .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth())
                        .maxStringLength(TEXT)
                        .maxNumberLength(NUMBER)
                        .maxNameLength(NAME)
                        .build())
                .errorReportConfiguration(ErrorReportConfiguration.builder()
                        .maxErrorTokenLength(20)
                        .maxRawContentLength(20)
                        .build())
                .build();
    }

    JsonParser parser(InputStream in) throws IOException {
        return factory().createParser(in);
    }

    JsonParser parser(Lines.Slice slice) throws IOException {
        return factory().createParser(slice.bytes(), slice.from(), slice.length());
    }
}
