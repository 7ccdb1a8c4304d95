package io.mimic.servlet;

import io.mimic.Mimic;

/**
 * Adds routes below the mount path. Found by {@link java.util.ServiceLoader} in the class loader of the webapp and asked once, when
 * {@link MimicFilter} starts.
 */
public interface RouteProvider {
    /**
     * Adds this provider's routes.
     *
     * @param routes takes them; not to be kept
     * @param mimic the running pipeline, which outlives every request; its stores may still be opening
     */
    void provide(Routes routes, Mimic mimic);
}
