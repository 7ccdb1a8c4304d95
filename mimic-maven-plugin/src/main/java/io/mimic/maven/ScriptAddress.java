package io.mimic.maven;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a page names the recorder's files. A page that is served as it is names them relative to itself, so that it works under any context
 * path; a template, which is shown at many addresses, asks its language for the context path.
 *
 * @param attribute of the script tag
 */
record ScriptAddress(String attribute, String before, String after) {
    private static final Pattern HREF =
            Pattern.compile("(?i)[\\s\"'/]href\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s>\"']+))");
    private static final Pattern ELSEWHERE = Pattern.compile("(?i)([a-z][a-z0-9+.-]*:|//|\\\\).*");
    private static final Pattern NO_EL = Pattern.compile("(?i)isELIgnored\\s*=\\s*[\"']true");

    String of(String file) {
        return before + file + after;
    }

    /** From a fixed address of the app's root, such as {@code /shop} or {@code https://static.example.org}. */
    static ScriptAddress fixed(String root, String folder) {
        return new ScriptAddress("src", root + "/" + folder + "/", "");
    }

    /**
     * @param path of the page below the app's root, with slashes
     * @param base its {@code <base>} tag
     * @param folder of the files, below the root
     * @throws UnreadablePageException when the base leads to where the files are not
     */
    static ScriptAddress of(PageKind kind, String path, @Nullable String base, String folder, String text)
            throws UnreadablePageException {
        return switch (kind) {
            case HTML, XHTML -> new ScriptAddress("src", toRoot(path, base) + folder + "/", "");
            case JSP ->
                NO_EL.matcher(text).find()
                        ? fixed("<%= request.getContextPath() %>", folder)
                        : fixed("${pageContext.request.contextPath}", folder);
            case JSPX -> fixed("${pageContext.request.contextPath}", folder);
            case THYMELEAF -> new ScriptAddress("th:src", "@{/" + folder + "/", "}");
            case FREEMARKER -> fixed("${(springMacroRequestContext.contextPath)!}", folder);
            case FACELETS -> fixed("#{request.contextPath}", folder);
        };
    }

    private static String toRoot(String path, @Nullable String base) throws UnreadablePageException {
        Deque<String> folders = folders(path);
        String href = base == null ? "" : href(base);
        if (href.isEmpty()) {
            return "../".repeat(folders.size());
        }
        if (ELSEWHERE.matcher(href).matches()) {
            throw new UnreadablePageException(
                    "its <base> names another site: set mimic.publicPath to the app's address");
        }
        if (href.matches("(?s).*(\\$\\{|#\\{|<%|\\{\\{|\\[\\[).*")) {
            throw new UnreadablePageException("its <base> is computed: set mimic.publicPath to the app's context path");
        }
        if (href.startsWith("/")) {
            String own = String.join("/", folders) + "/";
            boolean ownFolder = !folders.isEmpty() && href.endsWith("/" + own);
            return ownFolder ? "../".repeat(folders.size()) : "";
        }
        return "../".repeat(resolve(folders, href));
    }

    private static Deque<String> folders(String path) {
        Deque<String> folders = new ArrayDeque<>();
        String[] parts = path.split("/", -1);
        for (int i = 0; i < parts.length - 1; i++) {
            folders.addLast(parts[i]);
        }
        return folders;
    }

    private static String href(String base) {
        Matcher matcher = HREF.matcher(base);
        if (!matcher.find()) {
            return "";
        }
        String value = "";
        for (int group = 1; group <= 3; group++) {
            value = matcher.group(group) == null ? value : matcher.group(group);
        }
        String path = value.trim().split("[?#]", 2)[0];
        return path.contains("{{") || path.contains("<%") ? value : path;
    }

    /** @return how many folders below the root a relative base is */
    private static int resolve(Deque<String> folders, String href) throws UnreadablePageException {
        String[] parts = href.split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            if (parts[i].equals("..")) {
                if (folders.pollLast() == null) {
                    throw new UnreadablePageException("its <base> leads out of the app");
                }
            } else if (!last && !parts[i].isEmpty() && !parts[i].equals(".")) {
                folders.addLast(parts[i]);
            }
        }
        return folders.size();
    }
}
