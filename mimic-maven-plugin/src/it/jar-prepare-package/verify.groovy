import java.util.jar.JarFile

def source = new File(basedir, 'src/main/resources/static/docs/index.html').getText('UTF-8')
def jar = new JarFile(new File(basedir, 'target/it-jar-prepare-package-1.jar'))
def page = jar.getInputStream(jar.getEntry('static/docs/index.html')).getText('UTF-8')

assert !source.contains('mimic-assets') : 'the sources were changed'
assert page.contains('<title>one</title>\r\n  <script src="mimic-assets/mimic.js"') : 'below the base, which is the root'
assert page.replaceAll('\r\n  <script[^>]*></script>', '') == source
assert page.count('data-mimic-build') == 2 : 'a second build adds nothing'
assert jar.getInputStream(jar.getEntry('static/mimic-assets/mimic.js')).text.contains('"endpoint":"../replay/ingest"')
assert jar.getEntry('static/mimic-assets/recorder.js').size > 10000
jar.close()

assert new File(basedir, 'src/main/resources/mimic.properties').bytes == 'mimic.project.id=p_committed\r\nmimic.path=/replay\r\n'.bytes
