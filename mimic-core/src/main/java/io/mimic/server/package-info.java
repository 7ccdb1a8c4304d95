/** What the host's own server saw of a session: requests with their exceptions and log lines, and what the host says of the user. */
@NullMarked
package io.mimic.server;

import org.jspecify.annotations.NullMarked;
