import java.util.jar.JarFile

def jar = new JarFile(new File(basedir, 'target/it-jar-1.jar'))
def text = { name -> jar.getInputStream(jar.getEntry(name)).getText('UTF-8') }
def source = new File(basedir, 'src/main/resources/static/index.html').getText('UTF-8')

assert !source.contains('mimic-assets') : 'the sources were changed'
assert text('static/index.html').contains('\r\n\t<script src="mimic-assets/mimic.js" data-mimic-build="settings" integrity="sha384-')
assert text('static/index.html').replaceAll('\r\n\t<script[^>]*></script>', '') == source
assert text('static/docs/page.html').contains('src="../mimic-assets/recorder.js"')
assert text('templates/home.html').contains('th:src="@{/mimic-assets/mimic.js}"')
assert text('static/mimic-assets/mimic.js').contains('"project":"p_committed","endpoint":"../mimic/ingest","maskSelectors":[".secret"],"privacy":"strict"')
assert jar.getEntry('static/mimic-assets/recorder.js').size > 10000
assert new File(basedir, 'target/classes/static/index.html').getText('UTF-8') == text('static/index.html')
assert text('static/index.html').count('data-mimic-build') == 2 : 'a second build adds nothing'
jar.close()

def log = new File(basedir, 'build.log').text
assert log.contains('6 pages: 6 instrumented')
assert log.contains('it-jar-1.jar/static/index.html')
