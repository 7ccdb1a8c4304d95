package io.mimic.maven;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where somebody answers questions. */
interface Terminal {
    void say(String line);

    /** @return empty when nobody answers any more */
    Optional<String> ask(String question) throws IOException;

    /** Asks for what is not to be shown. */
    Optional<String> askSecret(String question) throws IOException;

    /** @return null when nobody sits there */
    @SuppressWarnings("SystemConsoleNull") // what newer versions say instead is asked as well
    static @Nullable Terminal ofProcess() {
        Console console = System.console();
        return console == null || !isTerminal(console) ? null : of(console);
    }

    private static boolean isTerminal(Console console) {
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException e) {
            // before Java 22 there is a console only at a terminal
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    static Terminal of(Console console) {
        return new Terminal() {
            @Override
            public void say(String line) {
                console.printf("%s%n", line);
            }

            @Override
            public Optional<String> ask(String question) {
                return Optional.ofNullable(console.readLine("%s ", question));
            }

            @Override
            public Optional<String> askSecret(String question) {
                char @Nullable [] secret = console.readPassword("%s ", question);
                return secret == null ? Optional.empty() : Optional.of(new String(secret));
            }
        };
    }

    /** For input that does not come from a keyboard. */
    static Terminal of(BufferedReader in, PrintStream out) {
        return new Terminal() {
            @Override
            public void say(String line) {
                out.println(line);
            }

            @Override
            public Optional<String> ask(String question) throws IOException {
                out.println(question);
                return Optional.ofNullable(in.readLine());
            }

            @Override
            public Optional<String> askSecret(String question) throws IOException {
                return ask(question);
            }
        };
    }
}
