package io.mimic.catalog;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may look at what, and who did: second passwords, logins, tokens, the access log, and projects that are going. Part of the
 * {@link SessionCatalog}, with the same promises.
 */
public interface AccessCatalog {
    // viewers

    /** Hash of a project's second password; empty when it has none, or there is no such project. */
    Optional<String> viewerHash(String project);

    /**
     * Gives a project another second password, or none, and ends the logins that the one before began.
     *
     * @return false when there is no such project
     */
    boolean setViewerHash(String project, @Nullable String passwordHash);

    // logins

    /**
     * Keeps a login for as long as its project has the password that it was begun with.
     *
     * @param passwordHash the hash that the given password was compared with
     * @return false when there is no such project, or the password is another by now; nothing was changed
     */
    boolean insertLogin(LoginRow login, String passwordHash);

    /** @return empty also when the password is another since */
    Optional<LoginRow> login(String tokenHash);

    /** Notes that a login was used; never earlier than what is known. */
    void seenLogin(String tokenHash, long seenAt);

    void removeLogin(String tokenHash);

    /** @param before ms since the epoch */
    void removeLoginsUnseenSince(long before);

    // tokens

    /** @return false when the project has {@code most} tokens already, or is not there; nothing was changed */
    boolean insertToken(TokenRow token, int most);

    Optional<TokenRow> tokenByHash(String tokenHash);

    /** A project's tokens, newest first. */
    List<TokenRow> tokens(String project);

    /** Notes that a token was used; never earlier than what is known. */
    void usedToken(String id, long usedAt);

    /** @return false when the project has no such token */
    boolean removeToken(String project, String id);

    // the access log

    void insertAccess(AccessRow row);

    /** Tells what became of it. */
    void setAccessOutcome(String id, String outcome);

    /** One page of a project's log, newest first, at most {@code query.limit()} rows. */
    List<AccessRow> accesses(AccessQuery query);

    /** @param before ms since the epoch */
    void removeAccessesBefore(long before);

    // projects that are going

    /**
     * Ends a project at once, with its logins and tokens; its sessions stay to be erased one by one, and its id is taken until
     * {@link #removalDone}.
     *
     * @param removal what is kept of it until then
     * @return false when there is no such project
     */
    boolean beginRemoval(RemovalRow removal);

    /** Those that are not done, oldest first. */
    List<RemovalRow> removals();

    /** Forgets a project for good, with its log. */
    void removalDone(String project);

    // how much there is

    /** Sums over a project's sessions; reads all of its rows. */
    UsageRow usage(String project);
}
