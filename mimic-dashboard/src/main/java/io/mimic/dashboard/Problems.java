package io.mimic.dashboard;

import io.mimic.project.Actor;
import io.mimic.project.Right;
import io.mimic.servlet.ProblemException;

/** What is said when a request is not answered as asked: what was wrong, what would be right, and never a secret. */
final class Problems {
    private static final int MOST_SHOWN = 60;

    private Problems() {}

    static ProblemException badParameter(String name, String value, String right) {
        return malformed("Parameter " + shown(name) + " is \"" + shown(value) + "\"; it must be " + right + ".");
    }

    /** Of two bounds that leave nothing between them. */
    static ProblemException wrongOrder(String least, String leastValue, String most, String mostValue) {
        return malformed("Parameter " + most + " (" + mostValue + ") is less than parameter " + least + " ("
                + leastValue + "); it must be at least that.");
    }

    static ProblemException malformed(String detail) {
        return new ProblemException(400, "Malformed request", detail);
    }

    static ProblemException notLoggedIn() {
        return new ProblemException(401, "Not logged in", "Log in with the project's name and its password.");
    }

    static ProblemException notLoggedInToHost() {
        return new ProblemException(
                401,
                "Not logged in to the application",
                "The application that MIMIC is part of decides who sees its recordings (mimic.dashboard.auth=host): log in to it.");
    }

    static ProblemException noRole(String user, String viewerRole, String adminRole) {
        return new ProblemException(
                403,
                "No role for the dashboard",
                "The application knows you as " + shown(user) + ". It takes the role " + viewerRole + " or " + adminRole
                        + " to see its recordings; whoever administers the application can give it.");
    }

    static ProblemException hostDecides() {
        return conflict(
                "The application decides",
                "Nobody logs in here with a password: the application's own login counts (mimic.dashboard.auth=host).");
    }

    static ProblemException passwordDecides() {
        return conflict(
                "Each project has its password", "Log in to the other project with its password, through api/login.");
    }

    static ProblemException wrongLogin() {
        return new ProblemException(401, "Login refused", "The project or the password is wrong.");
    }

    static ProblemException otherOrigin() {
        return new ProblemException(
                403,
                "Request from another site",
                "Changes are taken from the dashboard's own pages only: Sec-Fetch-Site must be same-origin, or Origin this host.");
    }

    static ProblemException noCsrfToken() {
        return new ProblemException(
                403,
                "CSRF token missing",
                "A change needs the header " + Gate.CSRF_HEADER + " with the csrfToken that api/me answers.");
    }

    static ProblemException otherHost() {
        return new ProblemException(
                403,
                "Host not allowed",
                "The dashboard is not asked for under this name; mimic.dashboard.hosts lists those.");
    }

    static ProblemException notAllowed(Caller caller, Right right) {
        String remedy = caller.actor().kind() == Actor.Kind.HOST
                ? "the role that mimic.dashboard.admin-role names gives it"
                : "the project's own password gives it";
        String needed = caller.csrfToken() == null
                ? "This token lacks the right " + right.word() + "."
                : "Who is logged in as " + caller.role() + " lacks the right " + right.word() + "; " + remedy + ".";
        return new ProblemException(403, "Not allowed", needed);
    }

    static ProblemException notTheServers() {
        return new ProblemException(
                403,
                "Not allowed",
                "Only an admin of this webapp's own project administers the server and its other projects.");
    }

    static ProblemException noSuchThing(String what) {
        return new ProblemException(404, "Not found", "There is no such " + what + ".");
    }

    static ProblemException conflict(String title, String detail) {
        return new ProblemException(409, title, detail);
    }

    static ProblemException noSuchSession() {
        return new ProblemException(
                404,
                "No such session",
                "This project has no session with this id; it may have been erased or be older than the retention.");
    }

    static ProblemException noSuchPage() {
        return new ProblemException(404, "Not found", "There is nothing at this address.");
    }

    static ProblemException tooLarge(int limit) {
        return new ProblemException(413, "Too large", "The body is larger than " + limit + " bytes.");
    }

    static ProblemException notJson() {
        return new ProblemException(415, "Unsupported media type", "The body must be application/json.");
    }

    static ProblemException tooManyTries(long seconds) {
        return new ProblemException(
                429, "Too many tries", "Logging in from this address is paused for " + seconds + " seconds.");
    }

    private static String shown(String value) {
        String clean = value.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
        return clean.length() <= MOST_SHOWN ? clean : clean.substring(0, MOST_SHOWN) + "…";
    }
}
