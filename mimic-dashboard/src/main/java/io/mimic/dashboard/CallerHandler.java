package io.mimic.dashboard;

import io.mimic.servlet.Exchange;
import java.io.IOException;

/** Answers a request of somebody who is known and may ask it. */
interface CallerHandler {
    void handle(Exchange exchange, Caller caller) throws IOException;
}
