package io.mimic.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mimic.catalog.SessionQuery;
import io.mimic.replay.EventQuery;
import io.mimic.servlet.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionQueriesTest {
    @Test
    void asksForEverythingByDefault() {
        assertThat(SessionQueries.list("p1", Parameters.parse(null), q -> q)).isEqualTo(SessionQuery.newest("p1", 50));
    }

    @Test
    void carriesEveryFilter() {
        Parameters parameters = Parameters.parse(
                "q=cart&errors=true&status=4XX&browser=Firefox&os=Linux&country=DE&user=u7"
                        + "&event=bought&failure=404%20GET%20/p/1&state=active&from=1000&to=2000&minDuration=5&maxDuration=9&limit=7&cursor=abc");

        assertThat(SessionQueries.list("p1", parameters, q -> q))
                .isEqualTo(new SessionQuery(
                        "p1",
                        "cart",
                        true,
                        "4xx",
                        "Firefox",
                        "Linux",
                        "DE",
                        "u7",
                        "bought",
                        "404 GET /p/1",
                        true,
                        1000,
                        2000,
                        5,
                        9,
                        7,
                        "abc"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status=99",
                "status=600",
                "status=4x",
                "status=404x",
                "state=gone",
                "errors=1",
                "minDuration=-5",
                "maxDuration=x",
                "limit=1000",
                "from=2000&to=1000"
            })
    void refusesWhatMeansNothing(String query) {
        String name = query.substring(0, query.indexOf('='));

        assertThatThrownBy(() -> SessionQueries.list("p1", Parameters.parse(query), q -> q))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @CsvSource({
        "minDuration=600000&maxDuration=60000, minDuration (600000 ms), maxDuration (60000 ms)",
        "from=2000&to=1000, from (1970-01-01T00:00:02Z), to (1970-01-01T00:00:01Z)"
    })
    void namesBothBoundsThatLeaveNothingBetweenThem(String query, String least, String most) {
        assertThatThrownBy(() -> SessionQueries.list("p1", Parameters.parse(query), q -> q))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(least)
                .hasMessageContaining(most);
    }

    @Test
    void takesBoundsThatAreOpenOrEqual() {
        for (String query :
                new String[] {"minDuration=5&maxDuration=0", "minDuration=5&maxDuration=5", "from=9&to=9"}) {
            assertThat(SessionQueries.list("p1", Parameters.parse(query), q -> q)
                            .limit())
                    .isEqualTo(50);
        }
    }

    @Test
    void readsWhichEventsAreAskedFor() {
        assertThat(SessionQueries.events(Parameters.parse("window=w1234567&from=5&to=9&parts=dom")))
                .isEqualTo(new EventQuery("w1234567", 5, 9, true));
        assertThat(SessionQueries.events(Parameters.parse(""))).isEqualTo(new EventQuery(null, 0, 0, false));
        assertThatThrownBy(() -> SessionQueries.events(Parameters.parse("window=../../etc")))
                .hasMessageContaining("window");
        assertThatThrownBy(() -> SessionQueries.events(Parameters.parse("parts=all")))
                .hasMessageContaining("parts");
    }
}
