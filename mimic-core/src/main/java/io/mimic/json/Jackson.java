package io.mimic.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.TSFBuilder;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.jr.ob.JSON;

/**
 * Jackson without its thread-locals. The ones that it has by default stay on the container's threads when the webapp is stopped, and keep its
 * class loader for as long as the heap has room.
 */
public final class Jackson {
    /** Of the buffers that are kept for the next parser or generator. */
    private static final int POOLED = 16;

    /** Reads and writes maps and lists. */
    public static final JSON MAPPER = JSON.builder(builder().build()).build();

    private Jackson() {}

    /** Begins a factory of one's own. */
    public static TSFBuilder<?, ?> builder() {
        return JsonFactory.builder().recyclerPool(JsonRecyclerPools.newBoundedPool(POOLED));
    }
}
