package io.mimic.dashboard;

import io.mimic.archive.ErasureReport;
import io.mimic.catalog.SessionPage;
import io.mimic.catalog.SessionQuery;
import io.mimic.catalog.SessionRow;
import io.mimic.privacy.AddressRule;
import io.mimic.privacy.ClientText;
import io.mimic.project.Access;
import io.mimic.project.AccessLog;
import io.mimic.replay.SessionReader;
import io.mimic.servlet.Exchange;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code api/erasures}: everything of one user, or of one IP address. */
final class ErasuresApi {
    private static final int PAGE = 200;
    private static final int MOST_COUNTED = 10_000;
    private static final int MAX_USER = 500;
    private static final int MAX_IP = 64;

    private final SessionReader sessions;
    private final AddressRule addresses;
    private final AccessLog log;

    ErasuresApi(SessionReader sessions, AddressRule addresses, AccessLog log) {
        this.sessions = sessions;
        this.addresses = addresses;
        this.log = log;
    }

    /** What would be erased. What an active session said since it was archived last is not counted, and erased all the same. */
    void preview(Exchange exchange, Caller caller) throws IOException {
        Parameters parameters = Parameters.parse(exchange.request().getQueryString());
        Person person = person(parameters.text("user", MAX_USER), parameters.text("ip", MAX_IP));
        log.write(caller.project().id(), caller.actor(), Access.LIST, log.pseudonym(person.given()));
        Count count = new Count();
        boolean more = false;
        for (SessionQuery first : person.queries(caller.project().id())) {
            String cursor = null;
            do {
                SessionPage page = sessions.find(first.after(cursor));
                page.items().stream().filter(person::is).forEach(count::add);
                cursor = page.next();
            } while (cursor != null && count.sessions < MOST_COUNTED);
            more |= cursor != null;
        }
        exchange.json(200, count.json(more));
    }

    void erase(Exchange exchange, Caller caller) throws IOException {
        Body body = Body.of(exchange);
        Person person = person(body.textOrNull("user", MAX_USER), body.textOrNull("ip", MAX_IP));
        String project = caller.project().id();
        String line = log.write(
                project,
                caller.actor(),
                person.byUser() ? Access.ERASE_USER : Access.ERASE_IP,
                log.pseudonym(person.given()));
        ErasureReport report = person.byUser()
                ? sessions.eraseUser(project, person.given())
                : sessions.eraseIp(project, person.forms());
        log.outcome(line, told(report));
        exchange.json(200, json(report));
    }

    private Person person(@Nullable String user, @Nullable String ip) {
        if (user != null && ip == null) {
            return new Person(true, user, Set.of());
        }
        if (ip != null && user == null) {
            return new Person(false, ip, addresses.formsOf(ip));
        }
        throw Problems.malformed("Either user or ip must be given, and not both.");
    }

    private static String told(ErasureReport report) {
        String erased = report.erased().size() + (report.erased().size() == 1 ? " session" : " sessions");
        return report.complete() ? erased : erased + ", " + report.failed().size() + " failed";
    }

    private static Map<String, Object> json(ErasureReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("complete", report.complete());
        json.put("erased", report.erased().stream().map(UUID::toString).toList());
        json.put("objects", report.objects());
        json.put("batches", report.batches());
        json.put("bytes", report.bytes());
        json.put("failed", report.failed().stream().map(UUID::toString).toList());
        json.put("reason", report.complete() ? null : "A store did not answer. Erase again: what is gone stays gone.");
        return json;
    }

    /**
     * @param byUser else by IP address
     * @param forms in which the address may be kept
     */
    private record Person(boolean byUser, String given, Set<String> forms) {
        /** A search by a word also finds longer addresses; a user's sessions are all that user's. */
        boolean is(SessionRow row) {
            return byUser || (row.ip() != null && forms.contains(row.ip()));
        }

        List<SessionQuery> queries(String project) {
            SessionQuery newest = SessionQuery.newest(project, PAGE);
            return byUser
                    ? List.of(newest.of(Objects.requireNonNullElse(ClientText.user(given), given)))
                    : forms.stream().map(newest::matching).toList();
        }
    }

    /** Sums of what was found. */
    private static final class Count {
        private int sessions;
        private int active;
        private long bytes;
        private long firstAt = Long.MAX_VALUE;
        private long lastAt;

        void add(SessionRow row) {
            sessions++;
            active += row.active() ? 1 : 0;
            bytes += row.bytes();
            firstAt = Math.min(firstAt, row.startedAt());
            lastAt = Math.max(lastAt, row.endedAt());
        }

        Map<String, Object> json(boolean more) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("sessions", sessions);
            json.put("active", active);
            json.put("bytes", bytes);
            json.put("firstAt", sessions == 0 ? null : Times.iso(firstAt));
            json.put("lastAt", sessions == 0 ? null : Times.iso(lastAt));
            json.put("more", more);
            return json;
        }
    }
}
