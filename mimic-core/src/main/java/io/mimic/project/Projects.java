package io.mimic.project;

import io.mimic.catalog.ProjectRow;
import io.mimic.catalog.SessionCatalog;
import io.mimic.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Projects and their passwords; reads are cached for 30 s. Thread-safe. */
public final class Projects {
    static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,100}");
    private static final int COST = 11;
    /** Each check of a password takes a core for a tenth of a second: the host has other work. */
    private static final int CHECKS_AT_ONCE = 2;

    private static final int STRANGERS_WAITING = 8;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ProjectSettings settings;
    private final SessionCatalog catalog;
    private final Clock clock;
    private final ProjectCache cache;
    private final LoginThrottle throttle;
    private final KnownBrowsers browsers;
    private final Semaphore checks = new Semaphore(CHECKS_AT_ONCE);
    private final RefusedLogins refused = new RefusedLogins();
    private final Registrations registrations;
    private final Supplier<Passwords> maker;
    private volatile @Nullable Project own;
    private volatile @Nullable Passwords passwords;
    private @Nullable OwnProject ownProject;
    private volatile boolean settled;

    private Projects(ProjectSettings settings, SessionCatalog catalog, Clock clock, Supplier<Passwords> maker) {
        this.settings = settings;
        this.catalog = catalog;
        this.clock = clock;
        this.maker = maker;
        this.cache = new ProjectCache(catalog, clock);
        this.throttle = new LoginThrottle(clock);
        this.browsers = new KnownBrowsers(catalog);
        this.registrations = new Registrations(this, settings, catalog, clock);
    }

    public static Projects open(ProjectSettings settings, SessionCatalog catalog, Clock clock) {
        return open(settings, catalog, clock, () -> new Passwords(COST));
    }

    /** @param passwords called once, when the first password is made or checked */
    static Projects open(ProjectSettings settings, SessionCatalog catalog, Clock clock, Supplier<Passwords> passwords) {
        return new Projects(settings, catalog, clock, passwords);
    }

    /**
     * Reads or makes the own project. To be called in the background until it has succeeded once, and as often as one likes after that.
     *
     * @throws io.mimic.store.StoreException when the catalog cannot be read
     * @throws IllegalStateException when the configured id and name belong to other projects; the message says so
     */
    public synchronized void load() {
        Project project = ownProject().findOrMake();
        cache.put(project);
        own = project;
        settled = false;
    }

    /**
     * Sees to the passwords of the own project, which takes a core for a tenth of a second or two: to be called in the background some seconds
     * after {@link #load()}, since a host that starts has other work. Whoever logs in before that has it done at once.
     *
     * @throws io.mimic.store.StoreException when the catalog cannot be read or written
     */
    public void settlePasswords() {
        if (!settled) {
            settle();
        }
    }

    private synchronized void settle() {
        Project project = own;
        if (project != null && !settled) {
            ownProject().settlePasswords(project.id());
            settled = true;
        }
    }

    /** The project that this webapp records into. Made at first start. Empty until the catalog has been read once. Never blocks. */
    public Optional<Project> own() {
        return Optional.ofNullable(own);
    }

    /**
     * The project of an id. What was found once is still found while the catalog is down.
     *
     * @throws io.mimic.store.StoreException when it must be looked up and the catalog cannot be read
     */
    public Optional<Project> byId(String id) {
        return ID.matcher(id).matches() ? cache.byId(id) : Optional.empty();
    }

    /**
     * Every project, by name.
     *
     * @throws io.mimic.store.StoreException when the catalog cannot be read
     */
    public List<Project> all() {
        return catalog.projects().stream().map(ProjectCache::project).toList();
    }

    /** As {@link #login(String, String, String, String)}, for who is no browser. */
    public Optional<GivenPassword> login(String name, String password, String address) throws LoginThrottledException {
        return login(name, password, address, "");
    }

    /**
     * Checks a password. Takes as long for a project that does not exist, and for one that has no second password.
     *
     * @param address address of the client; wrong passwords slow down this address for this project
     * @param mark what {@link #markBrowser} gave to this browser before: then the address and what strangers guess do not count; anything else
     *     for a stranger
     * @return what begins a login, when it is right
     * @throws LoginThrottledException when too many wrong passwords came from there
     * @throws io.mimic.store.StoreException when the catalog cannot be read
     */
    public Optional<GivenPassword> login(String name, String password, String address, String mark)
            throws LoginThrottledException {
        if (!NAME.matcher(name).matches() || password.length() > Passwords.LONGEST) {
            return Optional.empty();
        }
        LoginThrottle.Guesser guesser = LoginThrottle.Guesser.of(name, address, browsers.known(name, mark));
        throttle.attempt(guesser);
        Optional<GivenPassword> right;
        try {
            settlePasswords();
            right = check(password, catalog.projectByName(name), guesser.browser() == null);
        } catch (StoreException | LoginThrottledException e) {
            throttle.takeBack(guesser);
            throw e;
        }
        if (right.isPresent()) {
            throttle.takeBack(guesser);
        } else {
            refused.count(name, address);
        }
        return right;
    }

    /**
     * A mark for a browser in which somebody has just logged in, to be given to {@link #login} the next time. It is signed, not kept, opens
     * nothing, and counts on every node.
     *
     * @param before the mark that came with that login, or anything else: an admin's mark stays though a viewer has logged in
     * @throws io.mimic.store.StoreException when the catalog cannot be read
     */
    public String markBrowser(Login login, String before) {
        return browsers.mark(login.project().name(), login.role(), before);
    }

    /**
     * Whether pages of some project may be of this origin, told within 30 s of a change. Without the catalog it is told by what was read before.
     */
    public boolean knowsOrigin(String origin) {
        return cache.knowsOrigin(origin);
    }

    /**
     * Says which other sites' pages may send into a project from now on, here; other nodes know it within 30 s.
     *
     * @return the project as it is now; empty when there is none of this id
     * @throws io.mimic.store.StoreException when the catalog cannot be written
     */
    public Optional<Project> setOrigins(String projectId, Origins origins) {
        if (!catalog.setOrigins(projectId, origins.toList())) {
            return Optional.empty();
        }
        Optional<Project> changed = catalog.projectById(projectId).map(ProjectCache::project);
        changed.ifPresent(cache::put);
        return changed;
    }

    /**
     * Registers a project, or answers the one that exists when its name and password are right.
     *
     * @param token the registration token; may be empty when registration is open
     * @param origins of other sites whose pages may send into the project; a project that exists has them added
     * @param address of the client; wrong tokens, wrong passwords and, when registration is open, new projects slow it down
     * @throws RegistrationException when the token is wrong, the name is taken, a value has not the right form, or the client is to wait
     * @throws io.mimic.store.StoreException when the catalog cannot be read
     */
    public Project register(String id, String name, String password, String token, List<String> origins, String address)
            throws RegistrationException {
        return registrations.register(id, name, password, token, origins, address);
    }

    /** Hashes a password that somebody at a distance gave, as seldom at the same time as passwords are checked. */
    String hash(String password) throws LoginThrottledException {
        takeTurn(true);
        try {
            return passwords().hash(password);
        } finally {
            checks.release();
        }
    }

    /** Both passwords are looked at whatever comes of the first, so that time tells nothing. */
    private Optional<GivenPassword> check(String password, Optional<ProjectRow> row, boolean stranger)
            throws LoginThrottledException {
        takeTurn(stranger);
        try {
            Passwords known = passwords();
            String viewerHash = catalog.access()
                    .viewerHash(row.map(ProjectRow::id).orElse(""))
                    .orElseGet(known::nobody);
            String adminHash = row.map(ProjectRow::passwordHash).orElseGet(known::nobody);
            boolean admin = known.matches(password, adminHash);
            boolean viewer = known.matches(password, viewerHash);
            if (!admin && !viewer) {
                return Optional.empty();
            }
            Role role = admin ? Role.ADMIN : Role.VIEWER;
            return row.map(found ->
                    new GivenPassword(new Login(ProjectCache.project(found), role), admin ? adminHash : viewerHash));
        } finally {
            checks.release();
        }
    }

    /** The host's threads do not queue up behind strangers who guess. */
    private void takeTurn(boolean stranger) throws LoginThrottledException {
        if (stranger && checks.getQueueLength() >= STRANGERS_WAITING) {
            throw new LoginThrottledException(PATIENCE.toSeconds());
        }
        boolean taken = false;
        try {
            taken = checks.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!taken) {
            throw new LoginThrottledException(PATIENCE.toSeconds());
        }
    }

    RefusedLogins refused() {
        return refused;
    }

    ProjectCache cache() {
        return cache;
    }

    ProjectSettings settings() {
        return settings;
    }

    private OwnProject ownProject() {
        OwnProject ready = ownProject;
        if (ready == null) {
            ready = new OwnProject(settings, catalog, passwords(), clock);
            ownProject = ready;
        }
        return ready;
    }

    /** Made late: a hash is made with it, which takes a moment of the host's start. */
    Passwords passwords() {
        Passwords ready = passwords;
        if (ready == null) {
            ready = maker.get();
            passwords = ready;
        }
        return ready;
    }
}
