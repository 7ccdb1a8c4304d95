package io.mimic.maven;

import java.io.IOException;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Takes the recorder out of the sources: pages have the bytes of before again, the recorder's files are removed. {@code mimic.properties}
 * stays, so that pages that are instrumented again record into the same project.
 */
@Mojo(name = "uninstrument", requiresProject = false, threadSafe = true)
public final class UninstrumentMojo extends PagesMojo {
    /** Called by Maven. */
    public UninstrumentMojo() {}

    @Override
    void run(List<Place> places, Report report) throws IOException {
        templates = true;
        edit(places, report, PageEditor.uninstrumenting(options(null)), null, !dryRun);
    }
}
