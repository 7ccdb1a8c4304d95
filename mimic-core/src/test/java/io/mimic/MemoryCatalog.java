package io.mimic;

import io.mimic.catalog.AccessCatalog;
import io.mimic.catalog.ClientRow;
import io.mimic.catalog.ProjectRow;
import io.mimic.catalog.SessionCatalog;
import io.mimic.store.StoreException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** As much of a catalog as identity and ingest need: settings, projects, and what {@code seen} was told. */
public final class MemoryCatalog {
    public final Map<String, String> settings = new ConcurrentHashMap<>();
    public final Map<String, ProjectRow> projects = new ConcurrentHashMap<>();
    public final Map<String, String> viewers = new ConcurrentHashMap<>();
    public final List<Seen> seen = Collections.synchronizedList(new ArrayList<>());
    public volatile boolean down;
    public volatile int reads;

    public record Seen(String project, UUID session, ClientRow client, long startedAt, long seenAt) {}

    public SessionCatalog catalog() {
        return (SessionCatalog) Proxy.newProxyInstance(
                SessionCatalog.class.getClassLoader(),
                new Class<?>[] {SessionCatalog.class},
                (proxy, method, arguments) -> {
                    if (down) {
                        throw new StoreException("The catalog is down.", null);
                    }
                    return answer(method.getName(), arguments);
                });
    }

    @SuppressWarnings("unchecked")
    private synchronized Object answer(String method, Object[] arguments) {
        reads++;
        return switch (method) {
            case "settingOrInsert" -> {
                String made = settings.get((String) arguments[0]);
                if (made != null) {
                    yield new SessionCatalog.Setting(made, false);
                }
                String value = ((Supplier<String>) arguments[1]).get();
                settings.put((String) arguments[0], value);
                yield new SessionCatalog.Setting(value, true);
            }
            case "putSetting" -> settings.put((String) arguments[0], (String) arguments[1]) == null ? null : null;
            case "setting" -> Optional.ofNullable(settings.get((String) arguments[0]));
            case "insertProject" -> insert((ProjectRow) arguments[0]);
            case "projectById" -> Optional.ofNullable(projects.get((String) arguments[0]));
            case "projectByName" ->
                projects.values().stream()
                        .filter(row -> row.name().equals(arguments[0]))
                        .findFirst();
            case "setFirstPasswordHash" -> {
                ProjectRow row = projects.get((String) arguments[0]);
                boolean first = row != null && row.passwordHash().isEmpty();
                yield first && (boolean) answer("setPasswordHash", arguments);
            }
            case "setPasswordHash" -> {
                ProjectRow row = projects.get((String) arguments[0]);
                projects.put(
                        row.id(),
                        new ProjectRow(row.id(), row.name(), (String) arguments[1], row.createdAt(), row.origins()));
                yield true;
            }
            case "projects" -> List.copyOf(projects.values());
            case "setOrigins" ->
                projects.computeIfPresent(
                                (String) arguments[0],
                                (id, row) -> new ProjectRow(
                                        id, row.name(), row.passwordHash(), row.createdAt(), (List<String>)
                                                arguments[1]))
                        != null;
            case "seen" -> {
                seen.add(new Seen(
                        (String) arguments[0],
                        (UUID) arguments[1],
                        (ClientRow) arguments[2],
                        (long) arguments[3],
                        (long) arguments[4]));
                yield null;
            }
            case "access" -> access();
            case "toString" -> "MemoryCatalog";
            default -> throw new UnsupportedOperationException(method);
        };
    }

    private AccessCatalog access() {
        return (AccessCatalog) Proxy.newProxyInstance(
                AccessCatalog.class.getClassLoader(),
                new Class<?>[] {AccessCatalog.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "viewerHash" -> Optional.ofNullable(viewers.get((String) arguments[0]));
                    case "setViewerHash" -> {
                        viewers.put((String) arguments[0], (String) arguments[1]);
                        yield true;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private boolean insert(ProjectRow row) {
        boolean nameTaken =
                projects.values().stream().anyMatch(other -> other.name().equals(row.name()));
        return !nameTaken && projects.putIfAbsent(row.id(), row) == null;
    }
}
