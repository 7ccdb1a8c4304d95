package io.mimic.containers.host;

import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** Pages of template engines, which write as they go. */
public final class TemplatePages extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Map<String, Object> MODEL = Map.of("rows", List.of("one", "two & three", "<four>"));

    private transient TemplateEngine thymeleaf = new TemplateEngine();
    private transient Configuration freemarker = new Configuration(Configuration.VERSION_2_3_34);

    @Override
    public void init() {
        ClassLoaderTemplateResolver resolver =
                new ClassLoaderTemplateResolver(getClass().getClassLoader());
        resolver.setPrefix("pages/");
        resolver.setSuffix(".html");
        resolver.setCharacterEncoding("UTF-8");
        thymeleaf.setTemplateResolver(resolver);
        freemarker.setClassForTemplateLoading(getClass(), "/pages");
        freemarker.setDefaultEncoding("UTF-8");
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        response.setContentType("text/html;charset=UTF-8");
        if ("/thymeleaf".equals(request.getPathInfo())) {
            thymeleaf.process("thymeleaf", new Context(Locale.ROOT, MODEL), response.getWriter());
            return;
        }
        try {
            freemarker.getTemplate("freemarker.ftlh").process(MODEL, response.getWriter());
        } catch (TemplateException e) {
            throw new ServletException(e);
        }
    }
}
