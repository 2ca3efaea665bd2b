/** A page with a form for a title and pictures. */
export const UPLOAD_PAGE = `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Uploads</title>
  <link rel="icon" href="data:,">
  <style>
    :root { color-scheme: light dark; }
    body { font: 1rem/1.5 system-ui, sans-serif; max-width: 30rem; margin: 3rem auto; padding: 0 1rem; }
    label { display: block; margin: 1rem 0; }
    input, button { font: inherit; padding: 0.4rem 0.8rem; }
    input { display: block; width: 100%; box-sizing: border-box; }
    input[type='file'] { padding-inline: 0; }
  </style>
  <h1>Upload pictures</h1>
  <form method="post" action="/uploads" enctype="multipart/form-data">
    <label>Title <input name="title" required maxlength="80"></label>
    <label>Pictures (up to three) <input name="pictures" type="file" accept="image/*" multiple></label>
    <button>Upload</button>
  </form>
</html>
`;
