assert new File(basedir, 'sub/page.html').text.contains('<title>no pom</title>\n<script src="../mimic-assets/mimic.js"')
assert new File(basedir, 'mimic-assets/recorder.js').length() > 10000
assert new File(basedir, 'mimic.properties').exists()

def log = new File(basedir, 'build.log').text
assert log.contains('Missing: mimic.collector (or MIMIC_COLLECTOR in the environment), mimic.project')
