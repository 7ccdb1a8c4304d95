package io.mimic.maven;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** What the goals share: where the pages are, which of them, and the table at the end. */
@SuppressWarnings("NullAway.Init") // Maven sets the parameters
abstract class PagesMojo extends AbstractMojo {
    private static final int PROGRESS_EVERY = 500;

    /** Skips the goal. */
    @Parameter(property = "mimic.skip", defaultValue = "false")
    boolean skip;

    /** Shows what would be changed, and changes nothing. */
    @Parameter(property = "mimic.dryRun", defaultValue = "false")
    boolean dryRun;

    /**
     * Folders whose files are served from the app's root, relative to the module. By default src/main/webapp and the static folders of
     * src/main/resources; without a pom the current folder.
     */
    @Parameter(property = "mimic.roots")
    List<String> roots = new ArrayList<>();

    /** Ant patterns of pages, relative to their root. By default what ends in .html, .htm or .xhtml. */
    @Parameter(property = "mimic.includes")
    List<String> includes = new ArrayList<>();

    /** Ant patterns of pages that are left alone, relative to their root. */
    @Parameter(property = "mimic.excludes")
    List<String> excludes = new ArrayList<>();

    /** Whether JSP, Thymeleaf, Freemarker and Facelets templates are pages as well. */
    @Parameter(property = "mimic.templates", defaultValue = "false")
    boolean templates;

    /** Folder below the app's root that the recorder's files are put into. */
    @Parameter(property = "mimic.folder", defaultValue = "mimic-assets")
    String folder;

    /** Fixed address of the app's root, such as /shop, for pages whose base leads elsewhere. */
    @Parameter(property = "mimic.publicPath")
    @Nullable
    String publicPath;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    MavenSession session;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    MojoExecution execution;

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("Skipped (mimic.skip).");
            return;
        }
        if (!folder.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*")) {
            throw new MojoFailureException(
                    "mimic.folder is \"" + folder + "\"; it must be a name of letters, digits, -, _ and dots.");
        }
        List<MavenProject> modules = modules();
        Report all = new Report();
        for (MavenProject module : modules) {
            project = module;
            one(modules.size() > 1, all);
        }
        finish(all);
    }

    /** Maven runs a goal that can do without a pom once, on the module that was called, not on each. */
    private List<MavenProject> modules() {
        return byHand() && hasPom() && roots.isEmpty() ? List.copyOf(session.getProjects()) : List.of(project);
    }

    private void one(boolean named, Report all) throws MojoExecutionException, MojoFailureException {
        if (hasPom() && project.getPackaging().equals("pom") && (roots.isEmpty() || !byHand())) {
            getLog().debug("A module of packaging pom has no pages.");
            return;
        }
        Report report = new Report();
        try {
            run(places(), report);
        } catch (IOException e) {
            throw new MojoExecutionException(String.valueOf(e.getMessage()), e);
        }
        if (named) {
            getLog().info(project.getArtifactId() + ":");
        }
        if (report.isEmpty()) {
            getLog().info("No pages found"
                    + (roots.isEmpty() ? "; mimic.roots names the folders that have them." : "."));
        } else {
            report.lines(dryRun).forEach(getLog()::info);
        }
        all.add("", report);
    }

    /** Does the goal's work on every place. */
    abstract void run(List<Place> places, Report report)
            throws IOException, MojoFailureException, MojoExecutionException;

    /** Judges what was done. */
    void finish(Report report) throws MojoFailureException {}

    final void edit(List<Place> places, Report report, PageEditor editor, @Nullable RecorderFiles files, boolean write)
            throws IOException {
        PageFilter filter = new PageFilter(includes, excludes, templates, folder);
        for (Place place : places) {
            Report found = new Report();
            try (Tree tree = place.open()) {
                getLog().debug("Looking for pages in " + tree);
                new Instrumentation(tree, place.roots(), filter, editor, options(null), found)
                        .run(files, write, this::progress);
            }
            report.add(place.label(), found);
        }
    }

    final PageOptions options(@Nullable String endpointOrigin) {
        return new PageOptions(folder, publicPath, templates, endpointOrigin);
    }

    final boolean hasPom() {
        return project.getFile() != null;
    }

    final Path base() {
        File dir = hasPom() ? project.getBasedir() : new File(session.getExecutionRootDirectory());
        return dir.toPath();
    }

    /** Whether the goal was named on the command line: then it works on the sources, else on what is packaged. */
    final boolean byHand() {
        return execution.getSource() == MojoExecution.Source.CLI;
    }

    final @Nullable Terminal terminal() {
        if (!session.getRequest().isInteractiveMode()) {
            return null;
        }
        if (Boolean.parseBoolean(session.getUserProperties().getProperty("mimic.stdin"))) {
            return Terminal.of(
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), System.out);
        }
        return Terminal.ofProcess();
    }

    private void progress(int looked) {
        if (looked % PROGRESS_EVERY == 0) {
            getLog().info(looked + " pages …");
        }
    }

    private List<Place> places() throws MojoFailureException {
        if (!roots.isEmpty()) {
            return List.of(new Place("", base(), List.of(), WebRoot.named(roots, base())));
        }
        if (!hasPom()) {
            return List.of(new Place("", base(), List.of(base().resolve("target")), List.of(new WebRoot("", false))));
        }
        return byHand() ? sources() : packaged();
    }

    private List<Place> sources() {
        List<WebRoot> known = new ArrayList<>(List.of(new WebRoot("src/main/webapp/", false)));
        known.addAll(WebRoot.ofClassPath("src/main/resources/"));
        Path target = Path.of(project.getBuild().getDirectory());
        return List.of(new Place("", base(), List.of(target), known));
    }

    private List<Place> packaged() throws MojoFailureException {
        Path classes = Path.of(project.getBuild().getOutputDirectory());
        File made = project.getArtifact().getFile();
        boolean archive = made != null && made.isFile();
        boolean war = project.getPackaging().equals("war");
        if (war && !archive) {
            throw new MojoFailureException(
                    "The WAR is not there yet: bind this goal to the phase package or a later one.");
        }
        List<Place> places = new ArrayList<>();
        if (!war && Files.isDirectory(classes)) {
            places.add(new Place("classes/", classes, List.of(), WebRoot.ofClassPath("")));
        }
        if (archive && Set.of("jar", "war").contains(project.getPackaging())) {
            places.add(new Place(made.getName() + "/", made.toPath(), List.of(), war ? ofWar() : ofJar()));
        }
        return places;
    }

    private static List<WebRoot> ofWar() {
        List<WebRoot> all = new ArrayList<>(List.of(new WebRoot("", false)));
        all.addAll(WebRoot.ofClassPath("WEB-INF/classes/"));
        return all;
    }

    private static List<WebRoot> ofJar() {
        List<WebRoot> all = new ArrayList<>(WebRoot.ofClassPath(""));
        all.addAll(WebRoot.ofClassPath("BOOT-INF/classes/"));
        return all;
    }

    /**
     * Where pages are.
     *
     * @param label in front of names in the report
     * @param path a folder or an archive
     */
    record Place(String label, Path path, List<Path> leftOut, List<WebRoot> roots) {
        Tree open() throws IOException {
            return Files.isRegularFile(path) ? ArchiveTree.open(path) : new FolderTree(path, leftOut);
        }
    }
}
