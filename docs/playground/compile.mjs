// Compiles the Python files of zip archives with the very Python that will run them, so that a browser need not.
//
//     node compile.mjs NODE_MODULES FROM TO [FROM TO]...
//
// Every `.py` becomes a `.pyc` in its place, which is never compared with its source; tests are left out.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [modules, ...paths] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${modules}/pyodide/pyodide.mjs`));
const python = await loadPyodide();
const compiled = python.runPython(`
import io, py_compile, re, zipfile

LEFT_OUT = re.compile(r"(^|/)(tests|benchmarks|test)/|[.]dist-info/(?!METADATA)")

def compiled(content):
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content.to_py())) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            if LEFT_OUT.search(name) or name.endswith("/"):
                continue
            if name.endswith(".py"):
                with open("module.py", "wb") as file:
                    file.write(old.read(name))
                unchecked = py_compile.PycInvalidationMode.UNCHECKED_HASH
                py_compile.compile(
                    "module.py", "module.pyc", dfile=name, doraise=True, invalidation_mode=unchecked, optimize=0
                )
                name += "c"
                with open("module.pyc", "rb") as file:
                    data = file.read()
            else:
                data = old.read(name)
            new.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED, 9)
    return made.getvalue()

compiled
`);
while (paths.length > 0) {
  const [from, to] = paths.splice(0, 2);
  writeFileSync(to, compiled(new Uint8Array(readFileSync(from))).toJs());
}
