import { IsEmail } from 'class-validator';

/** The body of a request to sign up. */
export class Signup {
  @IsEmail()
  email!: string;
}
