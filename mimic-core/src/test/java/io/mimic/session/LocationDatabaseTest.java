package io.mimic.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mimic.session.ClientMetadata.Place;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocationDatabaseTest {
    @TempDir
    private Path folder;

    @Test
    void placeIsLookedUpByAddress() throws Exception {
        try (Places places = Places.open(database("NZ", "Auckland").toString())) {
            assertThat(places.find(name -> null, "192.0.2.7", "Europe/Berlin"))
                    .isEqualTo(new Place("New Zealand", "NZ", null, "Auckland"));
        }
    }

    @Test
    void proxyCountsMoreThanTheDatabase() throws Exception {
        try (Places places = Places.open(database("NZ", "Auckland").toString())) {
            assertThat(places.find(name -> name.equals("x-appengine-country") ? "FR" : null, "192.0.2.7", null)
                            .country())
                    .isEqualTo("France");
        }
    }

    @Test
    void whatIsNoAddressIsNotLookedUpInTheNetwork() throws Exception {
        try (Places places = Places.open(database("NZ", "Auckland").toString())) {
            assertThat(places.find(name -> null, "host.example", "Europe/Berlin")
                            .countryCode())
                    .isEqualTo("DE");
            assertThat(places.find(name -> null, "999.1.1.1", "Europe/Berlin").countryCode())
                    .isEqualTo("DE");
        }
    }

    @Test
    void fileThatIsNoDatabaseIsDoneWithout() throws Exception {
        Path file = Files.writeString(folder.resolve("wrong.mmdb"), "no database");
        try (Places places = Places.open(file.toString())) {
            assertThat(places.find(name -> null, "192.0.2.7", "Europe/Berlin").countryCode())
                    .isEqualTo("DE");
        }
    }

    /** A MaxMind database that gives the same place for every IPv4 address: a tree of one node. */
    private Path database(String country, String city) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int record = 1 + 16;
        for (int side = 0; side < 2; side++) {
            out.write(0);
            out.write(0);
            out.write(record);
        }
        out.write(new byte[16]);
        map(out, 2);
        text(out, "country");
        map(out, 1);
        text(out, "iso_code");
        text(out, country);
        text(out, "city");
        map(out, 1);
        text(out, "names");
        map(out, 1);
        text(out, "en");
        text(out, city);
        out.write(new byte[] {(byte) 0xAB, (byte) 0xCD, (byte) 0xEF});
        out.writeBytes("MaxMind.com".getBytes(StandardCharsets.US_ASCII));
        map(out, 9);
        number(out, "node_count", 6, 1);
        number(out, "record_size", 5, 24);
        number(out, "ip_version", 5, 4);
        number(out, "binary_format_major_version", 5, 2);
        number(out, "binary_format_minor_version", 5, 0);
        text(out, "build_epoch");
        out.write(1);
        out.write(2);
        out.write(1);
        text(out, "database_type");
        text(out, "Test");
        text(out, "languages");
        out.write(1);
        out.write(4);
        text(out, "en");
        text(out, "description");
        map(out, 0);
        Path file = folder.resolve("places.mmdb");
        return Files.write(file, out.toByteArray());
    }

    private static void map(ByteArrayOutputStream out, int size) {
        out.write(7 << 5 | size);
    }

    private static void text(ByteArrayOutputStream out, String text) {
        assertThat(text).hasSizeLessThan(285);
        if (text.length() < 29) {
            out.write(2 << 5 | text.length());
        } else {
            out.write(2 << 5 | 29);
            out.write(text.length() - 29);
        }
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void number(ByteArrayOutputStream out, String name, int type, int value) {
        text(out, name);
        out.write(type << 5 | 1);
        out.write(value);
    }
}
