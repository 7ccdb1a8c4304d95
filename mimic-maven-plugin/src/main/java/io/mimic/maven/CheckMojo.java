package io.mimic.maven;

import java.io.IOException;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Reports which pages have the recorder and which do not, or have tags whose files are not there; fails the build when asked. Changes
 * nothing.
 */
@Mojo(name = "check", defaultPhase = LifecyclePhase.VERIFY, requiresProject = false, threadSafe = true)
public final class CheckMojo extends PagesMojo {
    /** Whether a page without the recorder, or with one that does not load, fails the build. */
    @Parameter(property = "mimic.failOnMissing", defaultValue = "false")
    boolean failOnMissing;

    /** Called by Maven. */
    public CheckMojo() {}

    @Override
    void run(List<Place> places, Report report) throws IOException {
        dryRun = false;
        edit(places, report, PageEditor.checking(options(null)), null, false);
    }

    @Override
    void finish(Report report) throws MojoFailureException {
        long missing = report.count(PageEditor.Outcome.MISSING) + report.count(PageEditor.Outcome.BROKEN);
        if (failOnMissing && missing > 0) {
            throw new MojoFailureException(missing + (missing == 1 ? " page has" : " pages have")
                    + " no recorder, or one that does not load; mvn mimic:instrument puts it there.");
        }
    }
}
