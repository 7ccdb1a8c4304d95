/** The dashboard: its REST API and its web pages, as routes that mimic-servlet finds when this jar is there. */
@NullMarked
package io.mimic.dashboard;

import org.jspecify.annotations.NullMarked;
